package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.sandbox.SandboxProvider;
import io.tenantry.cloud.provisioning.ProvisioningTarget.Placement;
import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxTargetTest {
    private static final String DATA = "jboss.server.data.dir";
    private static final String BEFORE = System.getProperty(DATA, "");
    private static final UUID PLAN = UUID.randomUUID();

    @TempDir
    Path folder;

    @BeforeEach
    void keep() {
        System.setProperty(DATA, folder.toString());
    }

    @AfterEach
    void restore() {
        if (BEFORE.isEmpty()) {
            System.clearProperty(DATA);
        } else {
            System.setProperty(DATA, BEFORE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1024, fra1, s-1-1",
        "2, 4096, fra1, s-2-4",
        "1, 1500, nyc1, s-1-2",
        "4, 32768, fra1, m-4-32",
        "16, 1024, fra1, ",
        "1, 1024, sgp1, ",
        "1, 1024, mars, ",
    })
    void choosesTheSmallestSizeSufficientForThePlan(int cpus, int memory, String region, String size) {
        var place = in(upstream(true), one -> one.place(PLAN, new Plan.Size(cpus, memory, 10, 1_000), region));
        assertThat(place)
                .isEqualTo(Optional.ofNullable(size).map(code -> new Placement("sandbox", region, code, "debian-13")));
    }

    @Test
    void offersAllFittingPlansForAResize() {
        var small = UUID.randomUUID();
        var vast = UUID.randomUUID();
        var plans = Map.of(small, new Plan.Size(2, 4_096, 10, 1_000), vast, new Plan.Size(64, 1_024, 10, 1_000));
        var here = new Placement("sandbox", "fra1", "s-1-1", "debian-13");
        assertThat(sizes(true, plans, here)).isEqualTo(Map.of(small, "s-2-4"));
        assertThat(sizes(false, plans, here)).isEmpty();
        assertThat(sizes(true, plans, new Placement("workshop", "fra", "small", "plain")))
                .isEmpty();
    }

    @Test
    void managesExistingServersWhenSwitchedOff() {
        var off = upstream(false);
        var place = in(off, one -> one.place(PLAN, ProvisioningFixture.SIZE, "fra1"));
        assertThat(place).isEmpty();
        var own = in(off, one -> one.open("sandbox"));
        assertThat(own).isPresent();
        var others = in(off, one -> one.open("workshop"));
        assertThat(others).isEmpty();
    }

    @Test
    void separatesTheAccountsOfTenants() {
        var upstream = upstream(true);
        var resourceTag = new ResourceTag(UUID.randomUUID());
        var created =
                in(upstream, one -> one.open("sandbox").orElseThrow().provider().create(wish(resourceTag)));
        var own =
                in(upstream, one -> one.open("sandbox").orElseThrow().provider().marked(resourceTag));
        assertThat(own).containsExactly(created);
        var others = Tenancy.in(
                Database.BOREALIS,
                () -> upstream.open("sandbox").orElseThrow().provider().servers());
        assertThat(others).isEmpty();
    }

    private static ServerSpec wish(ResourceTag resourceTag) {
        return new ServerSpec(resourceTag, "web", "fra1", "s-1-1", "debian-13", List.of(), Optional.empty(), Map.of());
    }

    private static Map<UUID, String> sizes(boolean isOn, Map<UUID, Plan.Size> plans, Placement there) {
        return in(upstream(isOn), one -> one.sizes(plans, there));
    }

    private static <T> T in(SandboxTarget upstream, java.util.function.Function<SandboxTarget, T> question) {
        return Tenancy.in(Database.AURORA, () -> question.apply(upstream));
    }

    private static SandboxTarget upstream(boolean isOn) {
        var upstream = new SandboxTarget();
        upstream.provider = new SandboxProvider();
        ProviderAccountFixture.inject(upstream.provider, "clock", new MovableClock());
        upstream.settings = new Settings(Map.of("tenantry.sandbox", Boolean.toString(isOn))::get, name -> null);
        return upstream;
    }
}
