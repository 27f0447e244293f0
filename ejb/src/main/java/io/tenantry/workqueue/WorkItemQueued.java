package io.tenantry.workqueue;

/** An event: there is work due now. Workers that observe it after the transaction need not wait for the timer. */
public record WorkItemQueued() {}
