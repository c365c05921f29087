/**
 * Keras configurations, given and taken by one method: {@link
 * dev.sardonyx.nn.config.Configurable#configure} names each option once, and {@link
 * dev.sardonyx.nn.config.Config} either writes its value or reads a new one.
 */
@NullMarked
package dev.sardonyx.nn.config;

import org.jspecify.annotations.NullMarked;
