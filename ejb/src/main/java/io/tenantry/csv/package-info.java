/** Comma-separated values: lines that people and other programs wrote. */
@NullMarked
package io.tenantry.csv;

import org.jspecify.annotations.NullMarked;
