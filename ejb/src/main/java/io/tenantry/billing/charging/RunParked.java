package io.tenantry.billing.charging;

import io.tenantry.tenancy.TenantId;

/** A run, or a part of it, failed and waits for a retry. */
public record RunParked(long runId, TenantId tenant, String error) {}
