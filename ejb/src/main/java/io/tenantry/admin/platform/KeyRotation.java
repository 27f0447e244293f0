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
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Re-encrypts the secrets of all tenants with the current key: at night, and when an operator starts it. It does not run twice at once, and
 * that would be harmless: secrets already sealed by the current key are left alone, and of two concurrent replacements the first one stays.
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

    @Inject
    KeyRotationThread thread;

    /**
     * The state of the keys.
     *
     * @param current the name of the current key; nothing else of it is ever shown
     * @param latest the last complete re-encryption
     * @param uses which keys are needed, as found then
     */
    public record State(
            Optional<String> current,
            Optional<KeyRotationTransactions.Rotation> latest,
            List<KeyRotationTransactions.KeyUse> uses) {
        /** Whether a re-encryption is in progress. */
        public boolean isGoing() {
            return latest.filter(one -> one.endedAt().isEmpty()).isPresent();
        }

        /** Whether a key is the current one. */
        public boolean isCurrent(KeyRotationTransactions.KeyUse keyUse) {
            return current.filter(keyUse.key()::equals).isPresent();
        }
    }

    /** Returns the state of the keys. */
    public State state() {
        access.require(Permission.PLATFORM_HEALTH_VIEW);
        return new State(vault.current(), keyRotationTransactions.latest(), keyRotationTransactions.uses());
    }

    /**
     * Starts a re-encryption in the background.
     *
     * @return whether it was started; false if one is already in progress
     */
    public boolean start() {
        access.require(Permission.PLATFORM_OPERATORS_MANAGE);
        var actor = Actors.require();
        var started = keyRotationTransactions.begin(vault.current());
        started.ifPresent(id -> thread.execute(() -> {
            try (var actorScope = Actors.enter(actor)) {
                goThrough(id);
            }
        }));
        return started.isPresent();
    }

    /** Runs a re-encryption now, unless one is in progress. Checks no permission: for the timer. */
    public void nightly() {
        keyRotationTransactions.begin(vault.current()).ifPresent(this::goThrough);
    }

    /** A failing tenant does not affect the others. */
    private void goThrough(long id) {
        var done = new ArrayList<TenantId>();
        var count = new SecretStore.Count(0, 0);
        var failed = 0;
        try {
            count = count.plus(reencrypt(Scope.PLATFORM));
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "secrets of the platform were not re-encrypted", failure);
            failed++;
        }
        var all = tenants.all();
        for (var tenant : all) {
            if (!tenant.isThere()) {
                continue;
            }
            try {
                count = count.plus(reencrypt(Scope.of(tenant.id())));
                done.add(tenant.id());
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "secrets were not re-encrypted tenant=" + tenant.id(), failure);
                failed++;
            }
        }
        keyRotationTransactions.end(
                id,
                new KeyRotationTransactions.RotationTotals(
                        done.size(), count.reencrypted(), count.undecryptable(), failed),
                all.stream().map(Tenant::id).toList());
    }

    private SecretStore.Count reencrypt(Scope scope) {
        var count = Tenancy.in(scope, change::reencrypt);
        keyRotationTransactions.keep(scope, Tenancy.in(scope, change::keys));
        if (count.reencrypted() > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "re-encrypted secrets scope={0} count={1}",
                    scope.label(),
                    count.reencrypted());
        }
        if (count.undecryptable() > 0) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "secrets cannot be decrypted, their key is missing: scope={0} count={1}",
                    scope.label(),
                    count.undecryptable());
        }
        return count;
    }
}
