package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Books;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import io.tenantry.work.Desk;
import java.util.List;
import java.util.UUID;

/** Servers that run, for those who look at who pays for them: what of {@link Operating} they need. */
public final class Renting {
    public final Books books;
    public final Desk desk;
    public final AuditTrail audit;
    public final Suspensions suspensions;
    private final Operating here;

    public Renting(String slug) {
        here = new Operating(slug);
        books = here.making.books;
        desk = here.making.desk;
        audit = here.making.audit;
        suspensions = here.making.suspensions(new Upstreams(List.of(here.vendor)));
    }

    /** As staff and customers end services, in one transaction. */
    public Services services() {
        var services = here.counter.services;
        services.charging = books.charging;
        services.endings = new Endings();
        services.calls = here.making.calls;
        services.entities = Rows.over(books.sql);
        return services;
    }

    /** A server at a vendor, at a cent an hour. */
    public UUID up(UUID wallet) {
        return here.up(wallet);
    }

    /** Whose wallet it is; from now on a customer that is known, with a member that may see all. */
    public UUID organization(UUID wallet) {
        var organization = books.in(() -> here.making.organization(wallet));
        var person = UUID.randomUUID();
        var schema = books.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@kiosk.example', 'Olga', now())");
        Database.asOwner("insert into " + schema + ".membership (organization_id, person_id, role, joined_at) values ('"
                + organization + "', '" + person + "', 'owner', now())");
        return organization;
    }

    /** A member of staff who may do anything. */
    public Actor staff() {
        var person = UUID.randomUUID();
        var schema = books.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@brand.example', 'Anna', now())");
        Database.asOwner("insert into " + schema + ".staff_member (person_id, role, role_kind, joined_at) values ('"
                + person + "', 'staff_owner', 'STAFF', now())");
        return new Actor(Actor.Kind.STAFF, person, "Anna");
    }

    /** Servers are switched, and deleted. */
    public void work() {
        here.making.work(3);
    }

    /** Whether their vendor can do nothing but what all can. */
    public void isPlain(boolean plain) {
        here.making.vendor.isPlain(plain);
    }

    /** Whether others have firewalls around all servers. */
    public void isBehindOthers(boolean behind) {
        here.making.vendor.cutting(behind, false);
    }

    /** How a service and its server stand, and how that is reached. */
    public String reached(UUID service) {
        return here.making.column(service, "state || ' ' || power || ' ' || network");
    }

    /** How a service and its server stand. */
    public String stands(UUID service) {
        return here.making.column(service, "state || ' ' || power");
    }

    /** Its customer protects it against being ended. */
    public void lock(UUID service) {
        books.in(() -> here.upkeep.lock(service, true));
    }
}
