package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.catalog.ProviderImages;
import io.tenantry.cloud.provisioning.Images.Choice;
import io.tenantry.cloud.provisioning.ServiceOrders.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaunchConfigTest {
    private static final String LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final Plan.Size SIZE = new Plan.Size(1, 1_024, 10, 1_000);

    private static OrderFixture orderFixture;
    private UUID customer;

    @BeforeAll
    static void open() {
        orderFixture = new OrderFixture("beginning");
    }

    @BeforeEach
    void createCustomer() {
        orderFixture.provisioningFixture.workQueueFixture.clear();
        customer = orderFixture.customer();
    }

    @Test
    void createsAServerWithTheConfigurationChosenInTheOrder() {
        var key = orderFixture.key(customer, "Laptop", LINE);
        var script = orderFixture.script(customer, "#!/bin/sh\necho {{word}} {{end=.}}");
        var service = orderFixture.ordered(
                customer,
                new LaunchConfig("Fancy", List.of(key.id()), Optional.of(script.id()), Map.of("word", "Hello")));
        assertThat(launchSummary(service))
                .isEqualTo(new Services.LaunchSummary("Fancy", List.of("Laptop"), Optional.of(script.name())));
        orderFixture.provisioningFixture.billingFixture.in(() -> orderFixture.keys.delete(key.id()));
        orderFixture.provisioningFixture.billingFixture.in(() -> orderFixture.scripts.drop(script.id()));

        orderFixture.provisioningFixture.work();

        var serverSpec = orderFixture.provisioningFixture.provider.lastSpec();
        assertThat(serverSpec.mark().serviceId()).isEqualTo(service);
        assertThat(serverSpec.image()).isEqualTo("fancy-12");
        assertThat(serverSpec.keys()).containsExactly(LINE);
        assertThat(serverSpec.script()).contains("#!/bin/sh\necho Hello .");
    }

    @Test
    void createsAServerWithDefaultsWithoutAChoice() {
        var service = orderFixture.ordered(customer, LaunchConfig.USUAL);
        assertThat(orderFixture.rows(customer, "service_launch_config", "service_id"))
                .isZero();
        assertThat(launchSummary(service)).isEqualTo(new Services.LaunchSummary("", List.of(), Optional.empty()));

        orderFixture.provisioningFixture.work();

        var serverSpec = orderFixture.provisioningFixture.provider.lastSpec();
        assertThat(serverSpec.image()).isEqualTo("plain");
        assertThat(serverSpec.keys()).isEmpty();
        assertThat(serverSpec.script()).isEmpty();
    }

    @Test
    void refusesUnofferedImagesWithoutAReservation() {
        assertThat(order(new LaunchConfig("Unheard of", List.of(), Optional.empty(), Map.of())))
                .isEqualTo(new Outcome.ImageNotFound());
        assertThat(order(new LaunchConfig("Vast", List.of(), Optional.empty(), Map.of())))
                .as("larger than the plan's disk")
                .isEqualTo(new Outcome.ImageNotFound());
        assertThat(order(new LaunchConfig("plain-2", List.of(), Optional.empty(), Map.of())))
                .as("a provider's code")
                .isEqualTo(new Outcome.ImageNotFound());
        assertThat(orderFixture.rows(customer, "service", "id")).isZero();
        assertThat(orderFixture.rows(customer, "wallet_reservation", "service_id"))
                .isZero();
    }

    @Test
    void refusesKeysAndScriptsOfAnotherOrganization() {
        var other = orderFixture.customer();
        var own = orderFixture.key(customer, "Own", LINE);
        var key = orderFixture.key(other, "Theirs", LINE);
        var script = orderFixture.script(other, "#!/bin/sh");
        assertThat(order(new LaunchConfig("", List.of(own.id(), key.id()), Optional.empty(), Map.of())))
                .isEqualTo(new Outcome.SshKeyNotFound());
        assertThat(order(new LaunchConfig("", List.of(UUID.randomUUID()), Optional.empty(), Map.of())))
                .isEqualTo(new Outcome.SshKeyNotFound());
        assertThat(order(new LaunchConfig("", List.of(), Optional.of(script.id()), Map.of())))
                .isEqualTo(new Outcome.ScriptNotFound());
        assertThat(orderFixture.rows(customer, "service", "id")).isZero();
    }

    @Test
    void requiresAnswersForAllPlaceholders() {
        var script = Optional.of(
                orderFixture.script(customer, "#!/bin/sh\n{{a}} {{b}}").id());
        assertThat(order(new LaunchConfig("", List.of(), script, Map.of("b", "x\ny"))))
                .isEqualTo(new Outcome.MissingAnswers(List.of("a", "b")));
    }

    @Test
    void refusesScriptsWithoutProviderSupport() {
        var script = Optional.of(orderFixture.script(customer, "#!/bin/sh").id());
        orderFixture.provisioningFixture.provider.setScriptsSupported(false);
        try {
            assertThat(orderFixture
                            .images
                            .offered(orderFixture.plan, SIZE, "fra")
                            .scripts())
                    .isFalse();
            assertThat(order(new LaunchConfig("", List.of(), script, Map.of())))
                    .isEqualTo(new Outcome.ScriptsUnsupported());
        } finally {
            orderFixture.provisioningFixture.provider.setScriptsSupported(true);
        }
        assertThat(order(new LaunchConfig("", List.of(), script, Map.of()))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void limitsTheLengthOfACompletedScript() {
        var script = Optional.of(orderFixture
                .script(customer, "#!/bin/sh\n" + "{{a}}".repeat(500))
                .id());
        assertThat(order(new LaunchConfig("", List.of(), script, Map.of("a", "x".repeat(400)))))
                .isEqualTo(new Outcome.ScriptTooLong());
    }

    @Test
    void listsImagesByNameWithTheDefaultFirst() {
        assertThat(orderFixture.images.offered(orderFixture.plan, SIZE, "fra").systems())
                .containsExactly(
                        new Choice("Plain 1", "Plain", true, false),
                        new Choice("Fancy", "Fancy", false, true),
                        new Choice("Plain 2", "Plain", false, false));
        assertThat(new Images(new ProvisioningTargets(List.of()), new ProviderImages())
                        .offered(orderFixture.plan, SIZE, "fra")
                        .systems())
                .as("without a provider")
                .isEmpty();
    }

    @Test
    void comparesConfigurationsIndependentOfOrder() {
        var one = UUID.randomUUID();
        var two = UUID.randomUUID();
        var some = new LaunchConfig(" Fancy ", List.of(one, two), Optional.empty(), Map.of("a", "1", "b", "2"));
        var same = new LaunchConfig("Fancy", List.of(two, one, two), Optional.empty(), Map.of("b", "2", "a", "1"));
        assertThat(some).isEqualTo(same).hasToString(same.toString());
    }

    private static Services.LaunchSummary launchSummary(UUID service) {
        return orderFixture
                .provisioningFixture
                .billingFixture
                .in(() -> orderFixture.services.one(service))
                .chosen();
    }

    private Outcome order(LaunchConfig launchConfig) {
        return orderFixture.order(customer, launchConfig);
    }
}
