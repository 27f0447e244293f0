package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.secret.KeyRotationRun;
import io.tenantry.kernel.secret.SecretStore;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Manual and nightly re-encryption over two tenants of a real PostgreSQL, with secrets in memory. */
class KeyRotationTest {
    private final Sql sql = new Sql(Database.runtime());
    private final Cellar cellar = new Cellar();
    private final Later later = new Later();
    private final KeyRotation rotation = new KeyRotation();

    @BeforeEach
    void assemble() throws ReflectiveOperationException {
        var audit = new AuditTrail();
        var field = AuditTrail.class.getDeclaredField("sql");
        field.setAccessible(true);
        field.set(audit, sql);
        rotation.access = new Access(sql);
        rotation.vault = Vault.of(List.of("second=" + "B".repeat(42) + "A=", "first=" + "A".repeat(43) + "="));
        rotation.change = new KeyRotationRun(rotation.vault, List.of(cellar));
        rotation.tenants = new TenantDirectory(Database.administration());
        rotation.keyRotationTransactions = new Each(sql, audit);
        rotation.thread = later;
        forget();
    }

    @AfterEach
    void forget() {
        Database.asOwner("delete from platform.key_rotation");
        Database.asOwner("delete from platform.key_use");
    }

    @Test
    void reencryptsAllSecretsOfAllTenantsInTheBackground() {
        cellar.put("aurora", "first", 3);
        cellar.put("borealis", "first", 1);
        cellar.put("borealis", "second", 2);

        assertThat(operatorDoes("operator_owner", rotation::start)).isTrue();
        assertThat(state().isGoing()).isTrue();
        assertThat(cellar.keys.get("aurora")).containsEntry("first", 3);
        later.work();

        assertThat(state().isGoing()).isFalse();
        assertThat(state().current()).hasValue("second");
        assertThat(state().latest()).hasValueSatisfying(one -> {
            assertThat(one.reencrypted()).isEqualTo(4);
            assertThat(one.undecryptable()).isZero();
            assertThat(one.failed()).isZero();
            assertThat(one.key()).hasValue("second");
            assertThat(one.actor()).isEqualTo("Otto");
        });
        assertThat(state().uses()).containsExactly(new KeyRotationTransactions.KeyUse("second", 6, 2));
        assertThat(state().isCurrent(state().uses().get(0))).isTrue();
    }

    @Test
    void reencryptsMailsToOperators() {
        cellar.isOfPlatform = true;
        cellar.put("platform", "first", 2);
        asTimer();
        assertThat(cellar.keys.get("platform")).containsExactly(Map.entry("second", 2));
        assertThat(state().uses()).contains(new KeyRotationTransactions.KeyUse("second", 2, 1));
    }

    @Test
    void startsOnceWhenRequestedTwice() {
        assertThat(operatorDoes("operator_owner", rotation::start)).isTrue();
        assertThat(operatorDoes("operator_owner", rotation::start)).isFalse();
        asTimer();
        assertThat(later.tasks).hasSize(1);
        assertThat(cellar.asked).isZero();
        later.work();
        assertThat(operatorDoes("operator_owner", rotation::start)).isTrue();
    }

    @Test
    void canBeRestartedAnHourAfterItsNodeDied() {
        operatorDoes("operator_owner", rotation::start);
        Database.asOwner("update platform.key_rotation set started_at = started_at - interval '61 minutes'");

        assertThat(operatorDoes("operator_owner", rotation::start)).isTrue();
    }

    @Test
    void continuesWithOtherTenantsWhenOneFails() {
        cellar.put("aurora", "first", 3);
        cellar.put("borealis", "first", 1);
        cellar.broken = "aurora";

        asTimer();

        assertThat(state().latest()).hasValueSatisfying(one -> {
            assertThat(one.failed()).isEqualTo(1);
            assertThat(one.reencrypted()).isEqualTo(1);
            assertThat(one.actor()).isEqualTo("secrets");
        });
        assertThat(state().uses()).containsExactly(new KeyRotationTransactions.KeyUse("second", 1, 1));
    }

    @Test
    void auditsTheRotationAndItsResult() {
        cellar.put("aurora", "first", 3);
        asTimer();

        assertThat(Database.texts(
                        "select facts ->> 'reencrypted' from platform.audit_record where action = 'secrets.rotated'"
                                + " order by seq desc limit 1"))
                .containsExactly("3");
        assertThat(Database.texts("select facts ->> 'key' from platform.audit_record"
                        + " where action = 'secrets.rotation_started' order by seq desc limit 1"))
                .containsExactly("second");
    }

    @Test
    void requiresPermissionToManageOperators() {
        assertThatThrownBy(() -> operatorDoes("operator_viewer", rotation::start))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(later.tasks).isEmpty();
    }

    private KeyRotation.State state() {
        return operatorDoes("operator_owner", rotation::state);
    }

    private void asTimer() {
        try (var actorScope = Actors.enter(Actor.system("secrets"))) {
            rotation.nightly();
        }
    }

    private <T> T operatorDoes(String role, Supplier<T> work) {
        var person = UUID.randomUUID();
        return Database.in(Scope.PLATFORM, () -> {
            sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, 'Otto', clock_timestamp())",
                    person,
                    person + "@rotation.example");
            sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, ?, 'OPERATOR', clock_timestamp())",
                    person,
                    role);
            try (var actorScope = Actors.enter(new Actor(Actor.Kind.OPERATOR, person, "Otto"))) {
                return work.get();
            }
        });
    }

    /** Runs each step in its own transaction, as the container does. */
    private static final class Each extends KeyRotationTransactions {
        Each(Sql sql, AuditTrail audit) {
            super(sql, audit);
        }

        @Override
        public Optional<Long> begin(Optional<String> key) {
            return Database.in(Scope.PLATFORM, () -> super.begin(key));
        }

        @Override
        public void keep(Scope scope, Map<String, Integer> keys) {
            Database.run(Scope.PLATFORM, () -> super.keep(scope, keys));
        }

        @Override
        public void end(long id, RotationTotals rotationTotals, List<TenantId> there) {
            Database.run(Scope.PLATFORM, () -> super.end(id, rotationTotals, there));
        }

        @Override
        public Optional<Rotation> latest() {
            return Database.in(Scope.PLATFORM, super::latest);
        }

        @Override
        public List<KeyUse> uses() {
            return Database.in(Scope.PLATFORM, super::uses);
        }
    }

    /** Stores how many secrets each tenant has under each key. */
    private static final class Cellar implements SecretStore {
        private final Map<String, Map<String, Integer>> keys = new HashMap<>();
        private String broken = "";
        private boolean isOfPlatform;
        private int asked;

        void put(String tenant, String key, int secrets) {
            keys.computeIfAbsent(tenant, one -> new HashMap<>()).put(key, secrets);
        }

        private Map<String, Integer> own() {
            asked++;
            var tenant = Tenancy.scope().label();
            if (tenant.equals(broken)) {
                throw new IllegalStateException("the database of " + tenant + " is away");
            }
            return keys.computeIfAbsent(tenant, one -> new HashMap<>());
        }

        @Override
        public boolean isOfPlatform() {
            return isOfPlatform;
        }

        @Override
        public Count reencrypt() {
            var own = own();
            var old = own.getOrDefault("first", 0);
            own.remove("first");
            if (old > 0) {
                own.merge("second", old, Integer::sum);
            }
            return new Count(old, 0);
        }

        @Override
        public Map<String, Integer> keys() {
            return Map.copyOf(own());
        }
    }

    /** Runs nothing until triggered. */
    private static final class Later extends KeyRotationThread {
        private final List<Runnable> tasks = new ArrayList<>();

        void work() {
            var now = List.copyOf(tasks);
            tasks.clear();
            now.forEach(Runnable::run);
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }
    }
}
