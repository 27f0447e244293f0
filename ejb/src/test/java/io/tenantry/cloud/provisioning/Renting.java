package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkQueueFixture;
import java.util.List;
import java.util.UUID;

/** Servers that run, for those who look at who pays for them: what of {@link ServerOperationFixture} they need. */
public final class Renting {
    public final BillingFixture billingFixture;
    public final WorkQueueFixture workQueueFixture;
    public final AuditTrail audit;
    public final Suspensions suspensions;
    private final ServerOperationFixture here;

    public Renting(String slug) {
        here = new ServerOperationFixture(slug);
        billingFixture = here.provisioningFixture.billingFixture;
        workQueueFixture = here.provisioningFixture.workQueueFixture;
        audit = here.provisioningFixture.audit;
        suspensions = here.provisioningFixture.suspensions(new ProvisioningTargets(List.of(here.vendor)));
    }

    /** As staff and customers end services, in one transaction. */
    public Services services() {
        var services = here.orderFixture.services;
        services.charging = billingFixture.charging;
        services.terminationEvents = new TerminationEvents();
        services.providerCalls = here.provisioningFixture.providerCalls;
        services.entities = Rows.over(billingFixture.sql);
        return services;
    }

    /** A server at a vendor, at a cent an hour. */
    public UUID up(UUID wallet) {
        return here.up(wallet);
    }

    /** Whose wallet it is; from now on a customer that is known, with a member that may see all. */
    public UUID organization(UUID wallet) {
        var organization = billingFixture.in(() -> here.provisioningFixture.organization(wallet));
        var person = UUID.randomUUID();
        var schema = billingFixture.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@kiosk.example', 'Olga', now())");
        Database.asOwner("insert into " + schema + ".membership (organization_id, person_id, role, joined_at) values ('"
                + organization + "', '" + person + "', 'owner', now())");
        return organization;
    }

    /** A member of staff who may do anything. */
    public Actor staff() {
        var person = UUID.randomUUID();
        var schema = billingFixture.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@brand.example', 'Anna', now())");
        Database.asOwner("insert into " + schema + ".staff_member (person_id, role, role_kind, joined_at) values ('"
                + person + "', 'staff_owner', 'STAFF', now())");
        return new Actor(Actor.Kind.STAFF, person, "Anna");
    }

    /** Servers are switched, and deleted. */
    public void work() {
        here.provisioningFixture.work(3);
    }

    /** Whether their vendor can do nothing but what all can. */
    public void isPlain(boolean plain) {
        here.provisioningFixture.vendor.isPlain(plain);
    }

    /** Whether others have firewalls around all servers. */
    public void isBehindOthers(boolean behind) {
        here.provisioningFixture.vendor.cutting(behind, false);
    }

    /** How a service and its server stand, and how that is reached. */
    public String reached(UUID service) {
        return here.provisioningFixture.column(service, "state || ' ' || power || ' ' || network");
    }

    /** How a service and its server stand. */
    public String stands(UUID service) {
        return here.provisioningFixture.column(service, "state || ' ' || power");
    }

    /** Its customer protects it against being ended. */
    public void lock(UUID service) {
        billingFixture.in(() -> here.serviceSettings.lock(service, true));
    }
}
