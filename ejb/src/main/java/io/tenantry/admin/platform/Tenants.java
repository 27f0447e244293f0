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
 * Creates resellers, closes and opens their portals, and migrates their schemas. Creation is atomic: the directory's row is written first, as
 * {@code CREATING}, which claims slug and hosts; then role, schema and seed; then the row becomes {@code ACTIVE}. A failure in between is
 * undone at once, and after the death of the process, at the next start or when the same reseller is created again. No transaction is open
 * while a schema is created.
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

    /** The result of creating a tenant. */
    public sealed interface Outcome {
        /**
         * It was created and its portal is open.
         *
         * @param link with which the first member of staff chooses a password
         */
        record Created(TenantId tenant, String signInUrl, Optional<IssuedLink> link) implements Outcome {}

        /** These fields are invalid; nothing was created. */
        record Invalid(List<TenantDraft.Fault> faults) implements Outcome {}

        /** A reseller of this name is being created at this moment; nothing was created. */
        record InProgress() implements Outcome {}
    }

    /** Creates a tenant, for an operator. */
    public Outcome create(TenantDraft draft) {
        return create(draft, created -> {});
    }

    /**
     * Creates a tenant, for an operator. May be repeated if the process died during creation: leftovers are removed first.
     *
     * @param opening done in the transaction in which the portal opens, in the platform's scope; if it fails, nothing was created
     */
    public Outcome create(TenantDraft draft, Consumer<Outcome.Created> opening) {
        var faults = faults(draft);
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var id = new TenantId(draft.slug());
        return schemas().building(id, () -> create(id, draft, opening)).orElseGet(Outcome.InProgress::new);
    }

    /** Runs while no other node creates the tenant or undoes its creation. */
    /** Returns the invalid fields of a draft, without creating anything. */
    public List<TenantDraft.Fault> faults(TenantDraft draft) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var others = directory.all().stream()
                .filter(tenant -> tenant.state() != Tenant.State.CREATING
                        || !tenant.id().value().equals(draft.slug()))
                .toList();
        return draft.faults(others, settings.platformHost());
    }

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

    /** Undoes the creation, unless the portal opened after all: a commit may succeed although its response was lost. */
    private void takeBackAfter(RuntimeException failure, TenantId id) {
        try {
            takeBackIfHalfMade(id);
        } catch (RuntimeException again) {
            failure.addSuppressed(again);
        }
    }

    private static Outcome taken(TenantDraft.Field field, String found) {
        return new Outcome.Invalid(List.of(new TenantDraft.Fault(field, TenantDraft.FaultKind.TAKEN, found)));
    }

    /**
     * Closes a tenant's portal: visitors see a notice. Its services continue and are charged.
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
     * Removes a tenant with all its data: for leftovers of a demo, and for tenants that have moved to another cell. Atomic like creation:
     * leftovers after the death of the process are removed at the next start.
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
     * Reopens a suspended tenant's portal.
     *
     * @return false if it is not suspended
     */
    public boolean resume(TenantId id) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var isDone = records.move(id, Tenant.State.SUSPENDED, Tenant.State.ACTIVE, "tenant.resumed");
        directory.refresh();
        return isDone;
    }

    /** Returns all tenants, for the admin site. */
    public List<Tenant> all() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return directory.all();
    }

    /**
     * Migrates the platform's schema, the schema of work and every tenant's. A tenant whose schema cannot be migrated is put in maintenance
     * with the reason and does not affect the others. A tenant that is moving to another cell, or being deleted, is left as it is.
     */
    public void migrateAll() {
        var schemas = schemas();
        schemas.migrateWork("db/work/changelog.xml");
        schemas.migratePlatform("db/platform/changelog.xml");
        schemas.announce(CHANGELOG);
        directory.refresh();
        try (var actorScope = Actors.enter(SYSTEM)) {
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

    /** If the settings name the platform's owner, and that person has no access yet or requests it, writes a one-time link to a file. */
    public void ensureOwner() {
        if (settings.platformOwnerEmail().isEmpty()) {
            return;
        }
        try (var actorScope = Actors.enter(SYSTEM)) {
            Tenancy.in(Scope.PLATFORM, () -> records.ensureOwner(settings.platformOwnerEmail()))
                    .ifPresent(link -> OwnerLink.write(settings, link));
        }
    }

    private void migrate(Schemas schemas, Tenant tenant) {
        try {
            schemas.migrate(tenant.id(), CHANGELOG);
            if (tenant.state() == Tenant.State.MAINTENANCE) {
                records.repaired(tenant.id());
            }
        } catch (MigrationFailure | SqlFailure failure) {
            if (DatabaseUnavailable.isBehind(failure)) {
                throw failure; // The failure is not specific to the tenant.
            }
            LOG.log(System.Logger.Level.ERROR, "tenant in maintenance slug=" + tenant.id(), failure);
            records.maintain(tenant.id(), String.valueOf(failure.getMessage()));
        }
    }

    /** A tenant that another node is creating at this moment, or has just created, is left alone. */
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
