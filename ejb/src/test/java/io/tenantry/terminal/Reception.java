package io.tenantry.terminal;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Books;
import io.tenantry.config.Settings;
import io.tenantry.identity.Access;
import io.tenantry.identity.Sessions;
import io.tenantry.provisioning.Whereabouts;
import io.tenantry.secret.Vault;
import io.tenantry.servicekey.ServiceKeyRecords;
import io.tenantry.servicekey.ServiceKeys;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A tenant with one server at a vendor, and people who may or may not open its console. */
final class Reception {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String KEY = "one=" + "A".repeat(43) + "=";

    final Books books;
    final Access access;
    final AuditTrail audit = new AuditTrail();
    final Whereabouts whereabouts;
    final TenantDirectory directory = new TenantDirectory(Database.administration());
    final Tickets tickets;
    final HostKeys hostKeys;
    final Entries entries;
    final Consoles consoles;
    final ServiceKeyRecords keyRecords;
    final ServiceKeys keys;
    final UUID service;
    final Actor owner;
    final Actor viewer;
    private final UUID organization;

    Reception(String slug, Map<String, String> settings) {
        books = new Books(slug, "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        inject(audit, "sql", books.sql);
        access = new Access(books.sql);
        whereabouts = new Whereabouts(books.sql);
        tickets = new Tickets(books.sql, access, whereabouts);
        hostKeys = new HostKeys(books.sql, books.clock, access, audit, whereabouts);
        var sessions = new Sessions();
        inject(sessions, "sql", books.sql);
        inject(sessions, "tenants", directory);
        entries = new Entries(books.sql, access, sessions, whereabouts);
        consoles = new Consoles(new Settings(settings::get, name -> null), entries);
        keyRecords = new ServiceKeyRecords(books.sql, books.clock);
        keys = new ServiceKeys(keyRecords, Vault.of(List.of(KEY)));
        service = books.rent(books.wallet("10"), books.price("7.30"), NOON).service();
        organization = books.in(() -> books.sql.one(
                "select organization_id from service where id = ?", row -> row.uuid("organization_id"), service));
        asOwner("insert into %.organization (id, name, billing_email, country, created_at) values ('" + organization
                + "', 'Kiosk', 'a@b', 'DE', now())");
        asOwner("update %.service set account = 'vendor', upstream_region = 'fra', upstream_size = 's',"
                + " upstream_image = 'i', upstream_id = '" + slug + "-1', address = '203.0.113.9'");
        owner = member("owner");
        viewer = member("viewer");
    }

    /** Changes something behind everybody's back; {@code %} is the tenant's schema. */
    int asOwner(String sql) {
        return Database.asOwner(sql.replace("%", books.tenant.schema()));
    }

    List<String> texts(String sql) {
        return Database.texts(sql.replace("%", books.tenant.schema()));
    }

    /** A session of a person. */
    UUID session(Actor person) {
        var id = UUID.randomUUID();
        asOwner("insert into %.web_session (id, person_id, created_at, last_seen_at, address, user_agent) values ('"
                + id + "', '" + person.personId() + "', now(), now(), '192.0.2.1', 'Firefox')");
        return id;
    }

    /** In one transaction, as that person. */
    <T> T as(Actor person, Supplier<T> work) {
        try (var acting = Actors.enter(person)) {
            return Database.in(books.tenant, work);
        }
    }

    private Actor member(String role) {
        var id = UUID.randomUUID();
        asOwner("insert into %.person (id, email, name, created_at) values ('" + id + "', '" + role
                + "@kiosk.example', '" + role + "', now())");
        asOwner("insert into %.membership (organization_id, person_id, role, joined_at) values ('" + organization
                + "', '" + id + "', '" + role + "', now())");
        return new Actor(Actor.Kind.MEMBER, id, role);
    }

    private static void inject(Object bean, String name, Object value) {
        try {
            var field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
