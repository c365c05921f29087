package dev.sardonyx.ir;

/** Fourier transforms and what goes with them. */
public sealed interface Signal extends Op permits Spectra, SignalWindows {}
