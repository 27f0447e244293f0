package io.tenantry.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.audit.AuditTrail.Break;
import io.tenantry.kernel.audit.AuditTrail.Fault;
import io.tenantry.kernel.audit.AuditTrail.Head;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seals of the audit trail, against an attacker who controls the whole database but has no key. */
class AuditSealTest {
    private static final TenantId TENANT = new TenantId("sealed");
    private static final String FIRST = "first=" + "A".repeat(43) + "=";
    private static final String SECOND = "second=" + "B".repeat(42) + "A=";

    /** The attacker's next step after changing a record: recomputing every hash from the first on. */
    private static final String MADE_AGAIN = """
            do $$
            declare
              r record;
              before bytea := decode(repeat('00', 32), 'hex');
            begin
              for r in select seq from t_sealed.audit_record order by seq loop
                update t_sealed.audit_record set prev_hash = before where seq = r.seq;
                update t_sealed.audit_record set hash = ${hash} where seq = r.seq returning hash into before;
              end loop;
            end $$
            """.replace("${hash}", AuditTrail.HASH);

    private final Sql sql = new Sql(Database.runtime());
    private final AuditTrail trail = new AuditTrail();

    @BeforeAll
    static void createTenant() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
    }

    @BeforeEach
    @AfterEach
    void reset() {
        Database.asOwner("truncate t_sealed.audit_record");
        Database.asOwner("truncate t_sealed.audit_seal");
        trail.sql = sql;
        trail.vault = Vault.of(List.of(FIRST));
    }

    @Test
    void sealsEachRecordWithTheCurrentKey() {
        records(2);
        trail.vault = Vault.of(List.of(SECOND, FIRST));
        records(1);
        assertThat(Database.texts("select seq || ' ' || key_id from t_sealed.audit_seal order by seq"))
                .containsExactly("1 first", "2 first", "3 second");
        assertThat(fault()).isEmpty();
    }

    @Test
    void verifiesRecordsFromBeforeTheFirstKey() {
        trail.vault = Vault.of(List.of());
        records(3);
        assertThat(fault()).isEmpty();
        trail.vault = Vault.of(List.of(FIRST));
        assertThat(fault()).isEmpty();
        records(1);
        assertThat(fault()).isEmpty();
        assertThat(Database.texts("select seq::text from t_sealed.audit_seal")).containsExactly("4");
        Database.asOwner("update t_sealed.audit_record set actor_name = 'Mallory' where seq = 2");
        assertThat(fault()).contains(new Fault(2, Break.CHANGED));
        Database.asOwner(MADE_AGAIN);
        assertThat(fault()).contains(new Fault(4, Break.FORGED));
    }

    @Test
    void detectsARebuiltChainByItsSeals() {
        records(4);
        Database.asOwner("update t_sealed.audit_record set actor_name = 'Mallory' where seq = 2");
        Database.asOwner(MADE_AGAIN);
        assertThat(fault()).contains(new Fault(2, Break.FORGED));
    }

    @Test
    void detectsARebuiltChainWithoutSealsByTheStoredHead() {
        records(4);
        var kept = head();
        Database.asOwner("update t_sealed.audit_record set actor_name = 'Mallory' where seq = 2");
        Database.asOwner(MADE_AGAIN);
        Database.asOwner("truncate t_sealed.audit_seal");
        assertThat(against(kept, true)).contains(new Fault(4, Break.CHANGED));
    }

    @Test
    void detectsUnsealedRecords() {
        records(4);
        var kept = head();
        Database.asOwner("delete from t_sealed.audit_seal where seq = 3");
        assertThat(fault()).contains(new Fault(3, Break.UNSEALED));
        Database.asOwner("delete from t_sealed.audit_seal where seq <= 4");
        assertThat(fault()).isEmpty();
        assertThat(against(kept, true)).contains(new Fault(4, Break.UNSEALED));
        assertThat(Database.texts("select seq::text from t_sealed.audit_seal"))
                .as("broken chains are not sealed")
                .isEmpty();
    }

    @Test
    void detectsATruncatedChainBySealsOrTheStoredHead() {
        records(4);
        var kept = head();
        Database.asOwner("delete from t_sealed.audit_record where seq >= 3");
        assertThat(fault()).contains(new Fault(3, Break.TRUNCATED));
        Database.asOwner("delete from t_sealed.audit_seal where seq >= 3");
        assertThat(fault()).isEmpty();
        assertThat(against(kept, true)).contains(new Fault(4, Break.TRUNCATED));
        records(3);
        assertThat(against(kept, true)).as("after more records").contains(new Fault(4, Break.CHANGED));
        Database.asOwner("delete from t_sealed.audit_record");
        Database.asOwner("delete from t_sealed.audit_seal");
        assertThat(against(kept, true)).contains(new Fault(4, Break.TRUNCATED));
    }

    @Test
    void needsTheOldKeyNoLongerAfterARotation() {
        records(3);
        var kept = head();
        trail.vault = Vault.of(List.of(SECOND));
        assertThat(fault()).as("before re-sealing").contains(new Fault(1, Break.UNSEALED));
        trail.vault = Vault.of(List.of(SECOND, FIRST));
        assertThat(against(kept, true)).isEmpty();
        trail.vault = Vault.of(List.of(SECOND));
        assertThat(fault()).isEmpty();
        assertThat(against(kept, true)).isEmpty();
        Database.asOwner("update t_sealed.audit_record set actor_name = 'Mallory' where seq = 1");
        Database.asOwner(MADE_AGAIN);
        assertThat(fault()).contains(new Fault(3, Break.FORGED));
    }

    @Test
    void sealsExistingRecordsOnceThereIsAKey() {
        trail.vault = Vault.of(List.of());
        records(2);
        var kept = head();
        trail.vault = Vault.of(List.of(FIRST));
        assertThat(against(kept, false)).isEmpty();
        assertThat(Database.texts("select seq::text from t_sealed.audit_seal")).containsExactly("2");
        assertThat(against(kept, true)).isEmpty();
    }

    @Test
    void databaseRefusesToChangeSeals() {
        records(1);
        for (var statement : List.of("update audit_seal set key_id = 'x'", "delete from audit_seal")) {
            assertThatThrownBy(() -> Database.run(TENANT, () -> sql.update(statement)))
                    .isInstanceOf(SqlFailure.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private void records(int many) {
        for (var i = 0; i < many; i++) {
            Database.run(TENANT, () -> trail.record("plan.published", "plan", "p", Map.of("price", "1")));
        }
    }

    private Optional<Fault> fault() {
        return Database.in(TENANT, trail::verifyChain);
    }

    private Head head() {
        return Database.in(TENANT, trail::head).orElseThrow();
    }

    private Optional<Fault> against(Head kept, boolean wasSealed) {
        return Database.in(TENANT, () -> trail.verifyAgainst(Optional.of(kept), wasSealed));
    }
}
