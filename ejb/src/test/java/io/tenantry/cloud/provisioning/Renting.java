package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkQueueFixture;
import java.util.List;
import java.util.UUID;

/** Running servers for tests of payment: the parts of {@link ServerOperationFixture} they need. */
public final class Renting {
    public final BillingFixture billingFixture;
    public final WorkQueueFixture workQueueFixture;
    public final AuditTrail audit;
    public final Suspensions suspensions;
    private final ServerOperationFixture operationFixture;

    public Renting(String slug) {
        operationFixture = new ServerOperationFixture(slug);
        billingFixture = operationFixture.provisioningFixture.billingFixture;
        workQueueFixture = operationFixture.provisioningFixture.workQueueFixture;
        audit = operationFixture.provisioningFixture.audit;
        suspensions = operationFixture.provisioningFixture.suspensions(
                new ProvisioningTargets(List.of(operationFixture.provider)));
    }

    /** Returns services, as staff and customers end them, in one transaction. */
    public Terminations terminations() {
        var terminations = operationFixture.orderFixture.terminations;
        terminations.charging = billingFixture.charging;
        terminations.terminationEvents = new TerminationEvents();
        terminations.entities = Rows.over(billingFixture.sql);
        return terminations;
    }

    /** Creates a server at a provider, at a cent an hour. */
    public UUID createServer(UUID wallet) {
        return operationFixture.createServer(wallet);
    }

    /** Returns the wallet's organization, which is a complete customer from now on, with a member that may see everything. */
    public UUID organization(UUID wallet) {
        var organization = billingFixture.in(() -> operationFixture.provisioningFixture.organization(wallet));
        var person = UUID.randomUUID();
        var schema = billingFixture.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@kiosk.example', 'Olga', now())");
        Database.asOwner("insert into " + schema + ".membership (organization_id, person_id, role, joined_at) values ('"
                + organization + "', '" + person + "', 'owner', now())");
        return organization;
    }

    /** Creates a staff member with every permission. */
    public Actor staff() {
        var person = UUID.randomUUID();
        var schema = billingFixture.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@brand.example', 'Anna', now())");
        Database.asOwner("insert into " + schema + ".staff_member (person_id, role, role_kind, joined_at) values ('"
                + person + "', 'staff_owner', 'STAFF', now())");
        return new Actor(Actor.Kind.STAFF, person, "Anna");
    }

    /** Runs the power and deletion workers. */
    public void work() {
        operationFixture.provisioningFixture.work(3);
    }

    /** Sets whether their provider supports only the mandatory capabilities. */
    public void setPlain(boolean plain) {
        operationFixture.provisioningFixture.provider.setPlain(plain);
    }

    /** Sets whether third-party firewalls protect all servers. */
    public void setBehindFirewall(boolean behind) {
        operationFixture.provisioningFixture.provider.resetNetwork(behind, false);
    }

    /** Returns the states of a service, its server and its network. */
    public String networkState(UUID service) {
        return operationFixture.provisioningFixture.column(service, "state || ' ' || power || ' ' || network");
    }

    /** Returns the states of a service and its server. */
    public String states(UUID service) {
        return operationFixture.provisioningFixture.column(service, "state || ' ' || power");
    }

    /** Enables the customer's termination protection. */
    public void lockWallet(UUID service) {
        billingFixture.in(() -> operationFixture.serviceSettings.lock(service, true));
    }
}
