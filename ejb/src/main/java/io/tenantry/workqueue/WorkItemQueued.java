package io.tenantry.workqueue;

/** There is something to do now. Workers who hear of it after the transaction need not wait for the clock. */
public record WorkItemQueued() {}
