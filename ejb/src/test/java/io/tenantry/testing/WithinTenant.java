package io.tenantry.testing;

import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs each test of a class for a tenant that needs no database: external calls are made for a tenant only. */
public final class WithinTenant implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext test) {
        var unused = Tenancy.enter(new TenantId("within-tenant"));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Tenancy.clear();
    }
}
