package io.tenantry.admin.platform;

import io.tenantry.kernel.secret.KeyRotationRun;
import io.tenantry.kernel.secret.SecretStore;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
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
public class KeyRotation {
    private static final System.Logger LOG = System.getLogger(KeyRotation.class.getName());

    @Inject
    Access access;

    @Inject
    Vault vault;

    @Inject
    KeyRotationRun change;

    @Inject
    TenantDirectory tenants;

    @Inject
    KeyRotationTransactions keyRotationTransactions;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ExecutorService executor;

    /**
     * How keys stand.
     *
     * @param current the name of the key that seals; no more of it than that is ever shown
     * @param latest when all was last sealed anew
     * @param uses which keys are needed, as it was found then
     */
    public record State(
            Optional<String> current,
            Optional<KeyRotationTransactions.Rotation> latest,
            List<KeyRotationTransactions.Use> uses) {
        /** Whether it goes on. */
        public boolean isGoing() {
            return latest.filter(one -> one.endedAt().isEmpty()).isPresent();
        }

        /** Whether a key is the one that seals. */
        public boolean isCurrent(KeyRotationTransactions.Use use) {
            return current.filter(use.key()::equals).isPresent();
        }
    }

    /** How keys stand. */
    public State look() {
        access.require(Permission.PLATFORM_HEALTH_VIEW);
        return new State(vault.current(), keyRotationTransactions.latest(), keyRotationTransactions.uses());
    }

    /**
     * Seals all anew, in the background.
     *
     * @return whether it was begun; if not, it goes on already
     */
    public boolean start() {
        access.require(Permission.PLATFORM_OPERATORS_MANAGE);
        var actor = Actors.require();
        var begun = keyRotationTransactions.begin(vault.current());
        begun.ifPresent(id -> executor.execute(() -> {
            try (var acting = Actors.enter(actor)) {
                goThrough(id);
            }
        }));
        return begun.isPresent();
    }

    /** Seals all anew at once, unless somebody is at it. Asks for no right: for the timer. */
    public void nightly() {
        keyRotationTransactions.begin(vault.current()).ifPresent(this::goThrough);
    }

    /** One tenant that fails stops no other. */
    private void goThrough(long id) {
        var done = new ArrayList<TenantId>();
        var count = new SecretStore.Count(0, 0);
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
        keyRotationTransactions.end(
                id,
                new KeyRotationTransactions.Sum(done.size(), count.anew(), count.shut(), failed),
                all.stream().map(Tenant::id).toList());
    }

    private SecretStore.Count sealAnew(Scope scope) {
        var count = Tenancy.in(scope, change::sealAnew);
        keyRotationTransactions.keep(scope, Tenancy.in(scope, change::keys));
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
