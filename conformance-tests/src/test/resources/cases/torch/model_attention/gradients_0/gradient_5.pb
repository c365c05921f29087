B
value.biasJŒÚ´ÀN¤­>µ Ù¿ËºAÀ