package io.tenantry.work;

/** An item waits for a person. */
public record WorkParked(Work work, String why) {}
