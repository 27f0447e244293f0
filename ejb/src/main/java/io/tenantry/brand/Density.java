package io.tenantry.brand;

/** The spacing of controls and rows; on touch screens they always have sufficient size. */
public enum Density {
    COMFORTABLE,
    COMPACT
}
