package io.tenantry.workqueue;

/** An event: an item was parked and waits for a person. */
public record WorkParked(ClaimedWorkItem claimedWorkItem, String why) {}
