package io.tenantry.catalog.pricing;

import io.tenantry.tenancy.Tenant;
import java.util.UUID;

/** The accounts of resellers with the platform, managed by settlement: lists and provider accounts belong to one of them. */
public interface ResellerAccountDirectory {
    /** Returns a reseller's account in its home currency, opened on first use. Within a transaction of the platform. */
    UUID account(Tenant reseller);

    /** Locks an account until the transaction ends. Within a transaction of the platform. */
    void lockAccount(UUID account);
}
