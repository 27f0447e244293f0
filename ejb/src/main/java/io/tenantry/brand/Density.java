package io.tenantry.brand;

/** How much room controls and rows take; where fingers touch they always take enough. */
public enum Density {
    COMFORTABLE,
    COMPACT
}
