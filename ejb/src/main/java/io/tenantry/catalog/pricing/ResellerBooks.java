package io.tenantry.catalog.pricing;

import io.tenantry.tenancy.Tenant;
import java.util.UUID;

/** The accounts of resellers with the platform, which settlement keeps: lists and provider accounts belong to one of them. */
public interface ResellerBooks {
    /** A reseller's account in the currency of its books, opened when it is first asked for. Within a transaction of the platform. */
    UUID account(Tenant reseller);

    /** Locks an account until the transaction ends. Within a transaction of the platform. */
    void lockAccount(UUID account);
}
