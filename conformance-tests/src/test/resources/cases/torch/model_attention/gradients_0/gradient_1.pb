B
query.biasJЬЮії—w>)Џ'?д”Єѕ