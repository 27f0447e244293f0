package io.tenantry.admin.platform;

import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.invoicing.InvoiceRuns;
import io.tenantry.config.Settings;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.IssuedLink;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.SettlementRuns;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.MigrationFailure;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.workqueue.WorkQueue;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates resellers, closes and opens their portals, and brings their schemas up to date. Creating is all or nothing: the
 * directory's row is written first, as {@code CREATING}, which claims slug and hosts; then role, schema and seed; then the row
 * becomes {@code ACTIVE}. A failure in between is undone at once, and if the process dies, at the next start or when the same
 * reseller is created again. No transaction is open while a schema is made.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Tenants {
    private static final System.Logger LOG = System.getLogger(Tenants.class.getName());
    private static final String CHANGELOG = "db/tenant/changelog.xml";
    private static final Actor SYSTEM = Actor.system("startup");

    @Inject
    Access access;

    @Inject
    TenantDirectory directory;

    @Inject
    TenantTransactions records;

    @Inject
    ChargingRuns runs;

    @Inject
    InvoiceRuns invoices;

    @Inject
    SettlementRuns settlements;

    @Inject
    WorkQueue work;

    @Inject
    Settings settings;

    /** How creating a tenant ended. */
    public sealed interface Outcome {
        /**
         * It is there and open.
         *
         * @param link with which its first staff person chooses a password
         */
        record Created(TenantId tenant, String signInUrl, Optional<IssuedLink> link) implements Outcome {}

        /** These fields are not acceptable; nothing was made. */
        record Invalid(List<TenantDraft.Fault> faults) implements Outcome {}

        /** A reseller of this name is being created at this moment; nothing was made. */
        record UnderWay() implements Outcome {}
    }

    /** Creates a tenant, for an operator. */
    public Outcome create(TenantDraft draft) {
        return create(draft, created -> {});
    }

    /**
     * Creates a tenant, for an operator. May be repeated if the process died at it: what it left is removed first.
     *
     * @param opening done in the transaction in which the portal opens, in the platform's scope; if it fails, nothing was made
     */
    public Outcome create(TenantDraft draft, Consumer<Outcome.Created> opening) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var others = directory.all().stream()
                .filter(tenant -> tenant.state() != Tenant.State.CREATING
                        || !tenant.id().value().equals(draft.slug()))
                .toList();
        var faults = draft.faults(others, settings.platformHost());
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var id = new TenantId(draft.slug());
        return schemas().building(id, () -> create(id, draft, opening)).orElseGet(Outcome.UnderWay::new);
    }

    /** While nobody else makes it or takes it back. */
    private Outcome create(TenantId id, TenantDraft draft, Consumer<Outcome.Created> opening) {
        takeBackIfHalfMade(id);
        try {
            if (!records.claim(draft)) {
                return taken(TenantDraft.Field.SLUG, id.value());
            }
        } catch (HostTakenException clash) {
            return taken(TenantDraft.Field.HOSTS, String.join(", ", draft.hosts()));
        }
        try {
            schemas().migrate(id, CHANGELOG);
            directory.refresh();
            var link = Tenancy.in(id, () -> records.seed(draft));
            var created = new Outcome.Created(id, settings.origin(draft.hosts().get(0)) + "/sign-in", link);
            records.open(id, () -> opening.accept(created));
            directory.refresh();
            LOG.log(System.Logger.Level.INFO, "tenant created slug={0}", id);
            return created;
        } catch (RuntimeException failure) {
            takeBackAfter(failure, id);
            throw failure;
        }
    }

    /** Unless it opened all the same: a transaction may be committed although its end was not heard of. */
    private void takeBackAfter(RuntimeException failure, TenantId id) {
        try {
            takeBackIfHalfMade(id);
        } catch (RuntimeException again) {
            failure.addSuppressed(again);
        }
    }

    private static Outcome taken(TenantDraft.Field field, String found) {
        return new Outcome.Invalid(List.of(new TenantDraft.Fault(field, TenantDraft.Why.TAKEN, found)));
    }

    /**
     * Closes a tenant's portal: visitors see a notice. Its services run on and are charged.
     *
     * @return false if it is not open
     */
    public boolean suspend(TenantId id) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var isDone = records.move(id, Tenant.State.ACTIVE, Tenant.State.SUSPENDED, "tenant.suspended");
        directory.refresh();
        return isDone;
    }

    /**
     * Removes a tenant with all that it has: for what a demo left half made, and what has moved to another cell. As creating, it is all or nothing: what is left of
     * it when the process dies is removed at the next start.
     *
     * @throws AccessDeniedException unless the system acts
     */
    public void erase(TenantId id) {
        if (!Actors.require().isSystem()) {
            throw new AccessDeniedException("system");
        }
        records.close(id);
        takeBackIfAbandoned(id);
        LOG.log(System.Logger.Level.INFO, "tenant erased slug={0}", id);
    }

    /**
     * Opens a suspended tenant's portal again.
     *
     * @return false if it is not suspended
     */
    public boolean resume(TenantId id) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var isDone = records.move(id, Tenant.State.SUSPENDED, Tenant.State.ACTIVE, "tenant.resumed");
        directory.refresh();
        return isDone;
    }

    /** All tenants, for the console. */
    public List<Tenant> all() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return directory.all();
    }

    /**
     * Brings the platform's schema, the schema of work and every tenant's up to date. A tenant whose schema cannot be migrated
     * is put in maintenance with the reason and stops nobody else. One that is on its way to another cell, or being deleted, is left as it is.
     */
    public void migrateAll() {
        var schemas = schemas();
        schemas.migrateWork("db/work/changelog.xml");
        schemas.migratePlatform("db/platform/changelog.xml");
        schemas.announce(CHANGELOG);
        directory.refresh();
        try (var acting = Actors.enter(SYSTEM)) {
            for (var tenant : directory.all()) {
                if (tenant.state() == Tenant.State.CREATING) {
                    takeBackIfAbandoned(tenant.id());
                } else if (tenant.isThere()) {
                    migrate(schemas, tenant);
                }
            }
        }
        directory.refresh();
    }

    /** When the settings name the platform's owner, and that person has no way in yet or asks for one, a one-time link is put into a file. */
    public void ensureOwner() {
        if (settings.platformOwnerEmail().isEmpty()) {
            return;
        }
        try (var acting = Actors.enter(SYSTEM)) {
            Tenancy.in(Scope.PLATFORM, () -> records.ensureOwner(settings.platformOwnerEmail()))
                    .ifPresent(link -> OwnerLink.write(settings, link));
        }
    }

    private void migrate(Schemas schemas, Tenant tenant) {
        try {
            schemas.migrate(tenant.id(), CHANGELOG);
            if (tenant.state() == Tenant.State.MAINTENANCE) {
                records.mended(tenant.id());
            }
        } catch (MigrationFailure | SqlFailure failure) {
            if (DatabaseUnavailable.isBehind(failure)) {
                throw failure; // Nothing is wrong with the tenant.
            }
            LOG.log(System.Logger.Level.ERROR, "tenant in maintenance slug=" + tenant.id(), failure);
            records.maintain(tenant.id(), String.valueOf(failure.getMessage()));
        }
    }

    /** One that another node is making at this moment, or has just finished, is left alone. */
    private void takeBackIfAbandoned(TenantId id) {
        schemas().building(id, () -> {
            takeBackIfHalfMade(id);
            return id;
        });
    }

    private void takeBackIfHalfMade(TenantId id) {
        directory.refresh();
        directory
                .byId(id)
                .filter(tenant -> tenant.state() == Tenant.State.CREATING)
                .ifPresent(abandoned -> takeBack(id));
    }

    private void takeBack(TenantId id) {
        try {
            runs.forget(id);
            invoices.forget(id);
            settlements.forget(id);
            work.forget(id);
            schemas().drop(id);
            records.forget(id);
        } finally {
            directory.refresh();
        }
    }

    private static Schemas schemas() {
        return new Schemas(DatabaseCells.administration(), Tenants.class.getClassLoader());
    }
}
