package io.tenantry.cloud.console;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.cloud.consolekeys.ConsoleKeyRepository;
import io.tenantry.cloud.consolekeys.ConsoleKeys;
import io.tenantry.cloud.provisioning.ServerEndpoints;
import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A tenant with one server at a provider, and people who may or may not open its console. */
final class ConsoleFixture {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String KEY = "one=" + "A".repeat(43) + "=";

    final BillingFixture billingFixture;
    final Access access;
    final AuditTrail audit = new AuditTrail();
    final ServerEndpoints serverEndpoints;
    final TenantDirectory directory = new TenantDirectory(Database.administration());
    final ConsoleTokens consoleTokens;
    final HostKeys hostKeys;
    final ConsoleAccess consoleAccess;
    final ConsoleSlots consoleSlots;
    final ConsoleKeyRepository keyRecords;
    final ConsoleKeys keys;
    final UUID service;
    final Actor owner;
    final Actor viewer;
    private final UUID organization;

    ConsoleFixture(String slug, Map<String, String> settings) {
        billingFixture = new BillingFixture(slug, "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        inject(audit, "sql", billingFixture.sql);
        access = new Access(billingFixture.sql);
        serverEndpoints = new ServerEndpoints(billingFixture.sql);
        hostKeys = new HostKeys(billingFixture.sql, billingFixture.clock, access, audit, serverEndpoints);
        var sessions = new Sessions();
        inject(sessions, "sql", billingFixture.sql);
        inject(sessions, "tenants", directory);
        consoleTokens = new ConsoleTokens(billingFixture.sql, access, serverEndpoints, sessions);
        consoleAccess = new ConsoleAccess(billingFixture.sql, access, sessions, serverEndpoints);
        consoleSlots = new ConsoleSlots(new Settings(settings::get, name -> null), consoleAccess);
        keyRecords = new ConsoleKeyRepository(billingFixture.sql, billingFixture.clock);
        keys = new ConsoleKeys(keyRecords, Vault.of(List.of(KEY)));
        service = billingFixture
                .rent(billingFixture.wallet("10"), billingFixture.price("7.30"), NOON)
                .service();
        organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from service where id = ?", row -> row.uuid("organization_id"), service));
        asOwner("insert into %.organization (id, name, billing_email, country, created_at) values ('" + organization
                + "', 'Kiosk', 'a@b', 'DE', now())");
        asOwner("update %.service set account = 'vendor', provider_region = 'fra', provider_size = 's',"
                + " provider_image = 'i', provider_ref = '" + slug + "-1', address = '203.0.113.9'");
        owner = member("owner");
        viewer = member("viewer");
    }

    /** Changes data directly, bypassing the application; {@code %} is the tenant's schema. */
    int asOwner(String sql) {
        return Database.asOwner(sql.replace("%", billingFixture.tenant.schema()));
    }

    List<String> texts(String sql) {
        return Database.texts(sql.replace("%", billingFixture.tenant.schema()));
    }

    /** Creates a session of a person. */
    UUID session(Actor person) {
        var id = UUID.randomUUID();
        asOwner("insert into %.web_session (id, person_id, created_at, last_seen_at, address, user_agent) values ('"
                + id + "', '" + person.personId() + "', now(), now(), '192.0.2.1', 'Firefox')");
        return id;
    }

    /** Runs the work in one transaction, as that person. */
    <T> T as(Actor person, Supplier<T> work) {
        try (var actorScope = Actors.enter(person)) {
            return Database.in(billingFixture.tenant, work);
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
