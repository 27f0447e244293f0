package io.tenantry.workqueue;

/** An item waits for a person. */
public record WorkParked(ClaimedWorkItem claimedWorkItem, String why) {}
