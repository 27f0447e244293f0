package io.tenantry.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.batch.PerTenantRunner.TenantTask;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each tenant gets its turn, whatever happens to the others. */
class PerTenantRunnerTest {
    private final List<String> done = new ArrayList<>();
    private final List<Tenant> all = new ArrayList<>();
    private final Readiness readiness = new Readiness();
    private final PerTenantRunner runner = new PerTenantRunner();
    private int looks;

    @BeforeEach
    void prepare() {
        runner.tenants = new TenantDirectory() {
            @Override
            public List<Tenant> all() {
                looks++;
                return all;
            }
        };
        runner.readiness = readiness;
        runner.settings = new Settings(name -> null, name -> null);
        readiness.ready();
        tenant("alpha", Tenant.State.ACTIVE);
        tenant("beta", Tenant.State.ACTIVE);
    }

    @AfterEach
    void leave() {
        Tenancy.clear();
        Actors.clear();
    }

    private void tenant(String slug, Tenant.State state) {
        all.add(new Tenant(
                new TenantId(slug),
                slug,
                state,
                Currency.getInstance("EUR"),
                ZoneOffset.UTC,
                Locale.ENGLISH,
                List.of(slug + ".example"),
                Instant.EPOCH));
    }

    private TenantTask task(String name) {
        return new TenantTask(
                name,
                () -> done.add(Tenancy.tenant() + ": " + name + " by "
                        + Actors.require().name()
                        + (Actors.require().isSystem() ? "" : ", a person")));
    }

    private TenantTask failingFor(String slug, String name) {
        var task = task(name);
        return new TenantTask(name, () -> {
            if (Tenancy.tenant().value().equals(slug)) {
                throw new IllegalStateException("broken schema");
            }
            return task.begin().get();
        });
    }

    @Test
    void runsEachTaskForEachTenantAsSystem() {
        runner.begin(task("scan"), task("meter"));
        assertThat(done)
                .containsExactly(
                        "alpha: scan by scan", "alpha: meter by meter", "beta: scan by scan", "beta: meter by meter");
    }

    @Test
    void failureStopsNeitherOtherTasksNorOtherTenants() {
        runner.begin(failingFor("alpha", "scan"), task("meter"));
        assertThat(done).containsExactly("alpha: meter by meter", "beta: scan by scan", "beta: meter by meter");
    }

    @Test
    void failureLeavesNoTenantOrActorOnThread() {
        var before = Actor.system("before");
        try (var acting = Actors.enter(before)) {
            runner.begin(failingFor("beta", "scan"));
            assertThat(Actors.current()).contains(before);
        }
        assertThat(Tenancy.current()).isEmpty();
    }

    @Test
    void skipsTenantsWithoutUsableSchemaButNotSuspendedOnes() {
        all.clear();
        for (var state : Tenant.State.values()) {
            tenant("is-" + state.name().toLowerCase(Locale.ROOT), state);
        }
        runner.begin(task("scan"));
        assertThat(done).containsExactly("is-active: scan by scan", "is-suspended: scan by scan");
    }

    @Test
    void findsNewTenantsOnNextRun() {
        runner.begin(task("scan"));
        done.clear();
        tenant("gamma", Tenant.State.ACTIVE);
        runner.begin(task("scan"));
        assertThat(done).hasSize(3).contains("gamma: scan by scan");
    }

    @Test
    void checksNothingWhileStoppingOrWithoutWorkTimer() {
        readiness.stopping();
        runner.begin(task("scan"));
        readiness.ready();
        runner.settings = new Settings(Map.of("tenantry.work.timer", "false")::get, name -> null);
        runner.begin(task("scan"));
        assertThat(looks).isZero();
        assertThat(done).isEmpty();
    }
}
