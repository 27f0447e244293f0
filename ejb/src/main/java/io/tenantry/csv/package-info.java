/** Comma-separated values: how lines are read that people and other programs wrote, and the one place that writes them. */
@NullMarked
package io.tenantry.csv;

import org.jspecify.annotations.NullMarked;
