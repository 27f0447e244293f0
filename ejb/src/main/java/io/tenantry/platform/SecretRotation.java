package io.tenantry.platform;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.secret.KeyChange;
import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Seals the secrets of all tenants anew by the key that seals now: at night, and when an operator says so. Twice at once it is not done,
 * and would harm nothing: what is sealed by that key already is left alone, and of two seals in one place the first one stays.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SecretRotation {
    private static final System.Logger LOG = System.getLogger(SecretRotation.class.getName());

    @Inject
    Access access;

    @Inject
    Vault vault;

    @Inject
    KeyChange change;

    @Inject
    TenantDirectory tenants;

    @Inject
    Rotations rotations;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ExecutorService executor;

    /**
     * How keys stand.
     *
     * @param current the name of the key that seals; no more of it than that is ever shown
     * @param latest when all was last sealed anew
     * @param uses which keys are needed, as it was found then
     */
    public record State(Optional<String> current, Optional<Rotations.Rotation> latest, List<Rotations.Use> uses) {
        /** Whether it goes on. */
        public boolean isGoing() {
            return latest.filter(one -> one.endedAt().isEmpty()).isPresent();
        }

        /** Whether a key is the one that seals. */
        public boolean isCurrent(Rotations.Use use) {
            return current.filter(use.key()::equals).isPresent();
        }
    }

    /** How keys stand. */
    public State look() {
        access.require(Permission.PLATFORM_HEALTH_VIEW);
        return new State(vault.current(), rotations.latest(), rotations.uses());
    }

    /**
     * Seals all anew, in the background.
     *
     * @return whether it was begun; if not, it goes on already
     */
    public boolean start() {
        access.require(Permission.PLATFORM_OPERATORS_MANAGE);
        var actor = Actors.require();
        var begun = rotations.begin(vault.current());
        begun.ifPresent(id -> executor.execute(() -> {
            try (var acting = Actors.enter(actor)) {
                goThrough(id);
            }
        }));
        return begun.isPresent();
    }

    /** Seals all anew at once, unless somebody is at it. Asks for no right: for the timer. */
    public void nightly() {
        rotations.begin(vault.current()).ifPresent(this::goThrough);
    }

    /** One tenant that fails stops no other. */
    private void goThrough(long id) {
        var done = new ArrayList<TenantId>();
        var count = new SecretKeeper.Count(0, 0);
        var failed = 0;
        try {
            count = count.plus(sealAnew(Scope.PLATFORM));
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "secrets of the platform were not sealed again", failure);
            failed++;
        }
        var all = tenants.all();
        for (var tenant : all) {
            if (!tenant.isThere()) {
                continue;
            }
            try {
                count = count.plus(sealAnew(Scope.of(tenant.id())));
                done.add(tenant.id());
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "secrets were not sealed anew of " + tenant.id(), failure);
                failed++;
            }
        }
        rotations.end(
                id,
                new Rotations.Sum(done.size(), count.anew(), count.shut(), failed),
                all.stream().map(Tenant::id).toList());
    }

    private SecretKeeper.Count sealAnew(Scope scope) {
        var count = Tenancy.in(scope, change::sealAnew);
        rotations.keep(scope, Tenancy.in(scope, change::keys));
        if (count.anew() > 0) {
            LOG.log(System.Logger.Level.INFO, "sealed again scope={0} count={1}", scope.label(), count.anew());
        }
        if (count.shut() > 0) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "secrets do not open, their key is missing: scope={0} count={1}",
                    scope.label(),
                    count.shut());
        }
        return count;
    }
}
