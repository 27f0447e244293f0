package io.tenantry.admin.platform;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.IssuedLink;
import io.tenantry.people.identity.Staff;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The steps of creating and managing tenants, each a separate transaction, in the platform's scope or the tenant's. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TenantTransactions {
    /** The time of closing a portal is the database's, like the start time of an export. */
    private static final String MOVE = """
            update tenant
               set state = ?,
                   suspended_at = case when ? = 'SUSPENDED' then clock_timestamp() end,
                   deleting_at = case when ? = 'DELETING' then clock_timestamp() end
             where slug = ? and state = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    @Inject
    Staff staff;

    @Inject
    Brands brands;

    @Inject
    Ledger ledger;

    /** For the container. */
    public TenantTransactions() {}

    /** For use outside a container. */
    public TenantTransactions(Sql sql, Clock clock, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Claims slug and hosts.
     *
     * @return false if the slug is taken
     * @throws HostTakenException if a host is taken; nothing is claimed then
     */
    public boolean claim(TenantDraft draft) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            int claimed = sql.update(
                    """
                    insert into tenant (slug, name, state, currency, zone, locale, created_at)
                    values (?, ?, 'CREATING', ?, ?, ?, ?)
                    on conflict (slug) do nothing
                    """,
                    draft.slug(),
                    draft.name().strip(),
                    draft.currency(),
                    draft.zone(),
                    draft.locale(),
                    clock.instant());
            if (claimed == 0) {
                return false;
            }
            try {
                for (var i = 0; i < draft.hosts().size(); i++) {
                    sql.update(
                            "insert into tenant_host (host, tenant, is_primary) values (?, ?, ?)",
                            draft.hosts().get(i),
                            draft.slug(),
                            i == 0);
                }
            } catch (SqlFailure failure) {
                if (failure.isDuplicate()) {
                    throw new HostTakenException(failure);
                }
                throw failure;
            }
            return true;
        });
    }

    /** Fills a new tenant's schema with its initial data. Runs in the tenant's scope. */
    public Optional<IssuedLink> seed(TenantDraft draft) {
        try (var actorScope = Actors.enter(Actor.system("tenant-creation"))) {
            brands.save(Brand.of(
                    draft.name().strip(), colour(draft.primary()), colour(draft.secondary()), colour(draft.accent())));
            draft.logo().ifPresent(brands::saveLogo);
            for (var kind : new AccountKind[] {
                AccountKind.REVENUE, AccountKind.CASH, AccountKind.ADJUSTMENT, AccountKind.ROUNDING
            }) {
                ledger.account(kind, Currency.getInstance(draft.currency()));
            }
            var invited =
                    staff.invite(draft.staffEmail().strip(), draft.staffName().strip(), "staff_owner");
            if (!(invited instanceof InvitationOutcome.Invited welcome)) {
                throw new IllegalStateException("the first staff person was refused: " + invited);
            }
            return welcome.shown();
        }
    }

    /**
     * Opens the tenant's portal.
     *
     * @param opening done in the same transaction, in the platform's scope: if it fails, the portal does not open
     */
    public void open(TenantId id, Runnable opening) {
        Tenancy.in(Scope.PLATFORM, () -> {
            if (!move(id, Tenant.State.CREATING, Tenant.State.ACTIVE, "tenant.created")) {
                throw new IllegalStateException("tenant " + id + " is not " + Tenant.State.CREATING);
            }
            opening.run();
            return id;
        });
    }

    /** Moves a tenant from one state to another; returns false if it is not in the first, and then nothing is recorded. */
    public boolean move(TenantId id, Tenant.State from, Tenant.State to, String action) {
        return Tenancy.in(Scope.PLATFORM, () -> isMoved(id, from, to, action));
    }

    private boolean isMoved(TenantId id, Tenant.State from, Tenant.State to, String action) {
        if (sql.update(MOVE, to, to, to, id.value(), from) != 1) {
            return false;
        }
        Signals.publish(sql, id, Signal.Kind.TENANT, Signal.EVERYBODY);
        audit.record(action, "tenant", id.value(), Map.of("state", to));
        return true;
    }

    /**
     * Marks a suspended tenant as being deleted, unless there are obstacles: these are checked while it cannot be changed, and transactions
     * that waited cannot change it afterwards.
     *
     * @param isClear checks for obstacles, in separate transactions
     * @return whether it is now being deleted; nothing has changed otherwise
     * @throws SqlFailure that is transient if another transaction was changing the tenant for too long
     */
    public boolean leave(TenantId id, BooleanSupplier isClear) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var isStill = sql.one("select lock_tenant_for_deletion(?) as still", row -> row.flag("still"), id.value());
            if (!isStill || !isClear.getAsBoolean()) {
                return false;
            }
            var unused = sql.one("select 1 as one from revoke_tenant_writes(?)", row -> row.whole("one"), id.value());
            return isMoved(id, Tenant.State.SUSPENDED, Tenant.State.DELETING, "tenant.deletion_started");
        });
    }

    public void maintain(TenantId id, String fault) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                        "update tenant set state = 'MAINTENANCE', fault = ? where slug = ?", fault, id.value()));
    }

    public void repaired(TenantId id) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update("update tenant set state = 'ACTIVE', fault = null where slug = ?", id.value()));
    }

    /** Returns tenants whose deletion has been pending for at least that long. */
    public List<TenantId> leaving(Duration since) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(
                        "select slug from tenant where state = 'DELETING' and deleting_at <= clock_timestamp() - ?::interval order by slug",
                        row -> new TenantId(row.text("slug")),
                        since.toString()));
    }

    /** Records why its deletion fails; it is retried. */
    public void stuck(TenantId id, String fault) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                        "update tenant set fault = ? where slug = ? and state = 'DELETING'", fault, id.value()));
    }

    /** Returns the recorded fault, if there is one. */
    public Optional<String> fault(TenantId id) {
        return Tenancy.in(
                        Scope.PLATFORM,
                        () -> sql.query(
                                "select fault from tenant where slug = ?", row -> row.maybeText("fault"), id.value()))
                .stream()
                .findFirst()
                .flatMap(Function.identity());
    }

    /** Marks the tenant as deleted: its hosts are released, and its row stays, so that its slug is never reused. */
    public void deleted(TenantId id) {
        Tenancy.in(Scope.PLATFORM, () -> {
            if (sql.update(
                            "update tenant set state = 'DELETED', deleted_at = ?, fault = null where slug = ? and state = 'DELETING'",
                            clock.instant(),
                            id.value())
                    != 1) {
                return false;
            }
            sql.update("delete from tenant_host where tenant = ?", id.value());
            sql.update("delete from host_claim where tenant = ?", id.value());
            sql.update("delete from key_use where tenant = ?", id.value());
            Notifications.withdraw(sql, Notification.Kind.WORK_PARKED, id.value());
            Signals.publish(sql, id, Signal.Kind.TENANT, Signal.EVERYBODY);
            Signals.publish(sql, Signal.Kind.WORK, id);
            audit.record("tenant.deleted", "tenant", id.value(), Map.of("state", Tenant.State.DELETED));
            return true;
        });
    }

    /** Closes its portal and stops charging; {@link #forget} may follow. */
    public void close(TenantId id) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                        "update tenant set state = 'CREATING' where slug = ? and state <> 'DELETED'", id.value()));
    }

    public void forget(TenantId id) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update("delete from tenant where slug = ? and state = 'CREATING'", id.value()));
    }

    /**
     * Creates a link for the platform's owner: the owner is created if there is no operator at all, and gets a new link as long as no password
     * is chosen. Runs in the platform's scope.
     */
    public Optional<IssuedLink> ensureOwner(String email) {
        var address = EmailAddress.of(email).orElse(email);
        var hasPassword = sql.first("""
                select exists (select from credential c where c.person_id = p.id) as has_password
                  from person p
                  join staff_member s on s.person_id = p.id
                 where p.email = ? and p.state = 'ACTIVE'
                """, row -> row.flag("has_password"), address);
        if (hasPassword.isPresent()) {
            return hasPassword.get() ? Optional.empty() : staff.recoveryLink(address);
        }
        var known = sql.one("select exists (select from staff_member) any", row -> row.flag("any"));
        return known || !(staff.invite(email, email, "operator_owner") instanceof InvitationOutcome.Invited invited)
                ? Optional.empty()
                : invited.shown();
    }

    private static Colour colour(String typed) {
        return Colour.of(typed.strip().toLowerCase(Locale.ROOT));
    }
}
