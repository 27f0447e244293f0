package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.OrderPolicies.OrderAllowance;
import io.tenantry.cloud.provisioning.OrderPolicies.Policy;
import io.tenantry.cloud.provisioning.ServiceOrders.Outcome;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The number of servers a customer may order, and the hours charged for each at first. */
class QuotaTest {
    private static final int AT_ONCE = 6;

    private static OrderFixture orderFixture;
    private static ProvisioningFixture provisioningFixture;
    private static OrderPolicies policies;
    private UUID customer;

    @BeforeAll
    static void open() {
        orderFixture = new OrderFixture("quota");
        provisioningFixture = orderFixture.provisioningFixture;
        policies = new OrderPolicies(
                provisioningFixture.billingFixture.sql,
                provisioningFixture.billingFixture.clock,
                new Access(provisioningFixture.billingFixture.sql),
                provisioningFixture.audit);
    }

    @BeforeEach
    void createCustomer() {
        provisioningFixture.workQueueFixture.clear();
        want(2, Optional.empty());
        Database.asOwner("truncate t_quota.audit_record");
        customer = orderFixture.customer();
    }

    @Test
    void ordersWithoutAQuota() {
        assertThat(allowance()).isEqualTo(new OrderAllowance(2, Optional.empty(), Optional.empty(), 0, 0));
        ordered(3);
        assertThat(allowance()).isEqualTo(new OrderAllowance(2, Optional.empty(), Optional.empty(), 3, 3));
        assertThat(allowance().isFull()).isFalse();
    }

    @Test
    void onlyOneConcurrentOrderTakesTheLastSlot() throws Exception {
        ordered(1);
        limit(2);
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Callable<Outcome> one = this::order;
            var outcomes = new ArrayList<Outcome>();
            for (var answer : threads.invokeAll(Collections.nCopies(AT_ONCE, one))) {
                outcomes.add(answer.get());
            }
            assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(new Outcome.QuotaExceeded(2)::equals)
                    .hasSize(AT_ONCE - 1);
        } finally {
            threads.shutdown();
        }
        assertThat(allowance().running()).isEqualTo(2);
        assertThat(orderFixture.rows(customer, "wallet_reservation", "service_id"))
                .isEqualTo(2);
    }

    @Test
    void keepsRunningServersWhenTheQuotaIsLowered() {
        var services = ordered(3);
        provisioningFixture.completeOrders();
        limit(1);
        provisioningFixture.work(2);

        assertThat(services)
                .allSatisfy(service ->
                        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE"));
        assertThat(allowance().isFull()).isTrue();
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(1));
        limit(4);
        assertThat(order()).isInstanceOf(Outcome.Done.class);
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(4));
    }

    @Test
    void refusesOrdersAboveTheCreditLimitOfTheReseller() {
        var running = ordered(1).get(0);
        provisioningFixture.completeOrders();
        var account = " from platform.reseller_ledger_account where tenant = 'quota'";
        Database.asOwner(
                "insert into platform.reseller_ledger_account (id, tenant, tenant_role, currency, credit_limit, opened_at)"
                        + " values (gen_random_uuid(), 'quota', 'tn_quota', 'EUR', 0, now())");
        try {
            assertThat(order()).isEqualTo(new Outcome.SalesSuspended());
            assertThat(provisioningFixture.state(running)).isEqualTo("ACTIVE");
            Database.asOwner("update platform.reseller_ledger_account set credit_limit = 0.01 where tenant = 'quota'");
            assertThat(order()).isInstanceOf(Outcome.Done.class);
        } finally {
            Database.asOwner(
                    "update platform.reseller_ledger_account set closed_at = now(), tenant_role = null where tenant = 'quota'");
        }
        assertThat(Database.texts("select count(*)" + account + " and closed_at is null"))
                .containsExactly("0");
    }

    @Test
    void countsTerminatingButNotFailedOrTerminatedServices() {
        limit(1);
        var first = ordered(1).get(0);
        provisioningFixture.completeOrders();
        provisioningFixture.terminate(first);
        assertThat(provisioningFixture.state(first)).isEqualTo("TERMINATING");
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(1));
        provisioningFixture.work();
        provisioningFixture.provider.completeDeletions();
        for (var look = 0; look < 4; look++) {
            provisioningFixture.advance(Duration.ofMinutes(10));
            provisioningFixture.work();
        }
        assertThat(provisioningFixture.state(first)).isEqualTo("TERMINATED");

        var second = ordered(1).get(0);
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(1));
        Database.asOwner(
                "update t_quota.service set state = 'FAILED', ended_at = ordered_at where id = '" + second + "'");
        assertThat(order()).isInstanceOf(Outcome.Done.class);
        assertThat(allowance()).isEqualTo(new OrderAllowance(2, Optional.of(1), Optional.empty(), 1, 3));
    }

    @Test
    void prefersTheOrganizationsOwnQuota() {
        want(2, Optional.of(1));
        ordered(1);
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(1));
        limit(2);
        ordered(1);
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(2));
        assertThat(setQuota(Optional.empty())).isEqualTo(OrderPolicies.Outcome.DONE);
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(1));

        var other = customer;
        customer = orderFixture.customer();
        limit(0);
        assertThat(order()).isEqualTo(new Outcome.QuotaExceeded(0));
        customer = other;
        want(2, Optional.empty());
        assertThat(order()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void reservesTheConfiguredNumberOfHours() {
        want(1, Optional.empty());
        var hour = ordered(1).get(0);
        want(24, Optional.empty());
        var day = ordered(1).get(0);

        assertThat(reservation(hour)).isEqualTo("0.01000000 RESERVED");
        assertThat(reservation(day)).isEqualTo("0.24000000 RESERVED");
        provisioningFixture.completeOrders();
        assertThat(reservation(hour)).isEqualTo("0.01000000 CAPTURED");
        assertThat(reservation(day)).isEqualTo("0.24000000 CAPTURED");
        assertThat(provisioningFixture.provider.serversOf(day))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);
        want(720, Optional.empty());
        ordered(1);
        assertThat(order()).isEqualTo(new Outcome.InsufficientFunds(provisioningFixture.billingFixture.money("4.42")));
    }

    @Test
    void refusesInvalidPoliciesWithoutAChange() {
        assertThat(change(0, Optional.empty())).isEqualTo(OrderPolicies.Outcome.BAD_HOURS);
        assertThat(change(721, Optional.empty())).isEqualTo(OrderPolicies.Outcome.BAD_HOURS);
        assertThat(change(2, Optional.of(-1))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThat(change(2, Optional.of(100_001))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThat(setQuota(Optional.of(-1))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThat(setQuota(Optional.of(100_001))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThatThrownBy(() ->
                        provisioningFixture.billingFixture.in(() -> policies.limit(UUID.randomUUID(), Optional.of(1))))
                .isInstanceOf(NotFoundException.class);
        assertThat(provisioningFixture.billingFixture.in(policies::policy)).isEqualTo(new Policy(2, Optional.empty()));
        assertThat(records()).isEmpty();
    }

    @Test
    void auditsChangesOfPolicyAndQuota() {
        want(720, Optional.of(100_000));
        want(1, Optional.empty());
        limit(7);
        assertThat(setQuota(Optional.empty())).isEqualTo(OrderPolicies.Outcome.DONE);
        assertThat(records())
                .containsExactly(
                        "order.policy_changed quota 720 100000",
                        "order.policy_changed quota 1 any",
                        "organization.quota_changed " + customer + " - 7",
                        "organization.quota_changed " + customer + " - general");
        assertThat(Database.texts("select changed_by from t_quota.order_policy"))
                .containsExactly(Actor.system("test").name());
    }

    @Test
    void letsCustomersReadTheirQuotaOnly() {
        var owner = owner();
        var other = orderFixture.customer();
        limit(3);
        assertThat(as(owner, () -> policies.room(customer)).limit()).contains(3);
        assertThatThrownBy(() -> as(owner, () -> policies.room(other))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(owner, () -> policies.limit(customer, Optional.of(9))))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(owner, () -> policies.quota(customer))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(owner, policies::policy)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(owner, () -> policies.change(new Policy(1, Optional.empty()))))
                .isInstanceOf(AccessDeniedException.class);
    }

    private Outcome order() {
        return orderFixture.order(customer, LaunchConfig.USUAL);
    }

    private List<UUID> ordered(int times) {
        return IntStream.range(0, times)
                .mapToObj(time -> orderFixture.ordered(customer, LaunchConfig.USUAL))
                .toList();
    }

    private OrderAllowance allowance() {
        return provisioningFixture.billingFixture.in(() -> policies.room(customer));
    }

    private void limit(int servers) {
        assertThat(setQuota(Optional.of(servers))).isEqualTo(OrderPolicies.Outcome.DONE);
    }

    private OrderPolicies.Outcome setQuota(Optional<Integer> servers) {
        return provisioningFixture.billingFixture.in(() -> policies.limit(customer, servers));
    }

    private static void want(int hours, Optional<Integer> servers) {
        assertThat(change(hours, servers)).isEqualTo(OrderPolicies.Outcome.DONE);
    }

    private static OrderPolicies.Outcome change(int hours, Optional<Integer> servers) {
        return provisioningFixture.billingFixture.in(() -> policies.change(new Policy(hours, servers)));
    }

    private static String reservation(UUID service) {
        return Database.texts("select amount || ' ' || state from t_quota.wallet_reservation where service_id = '"
                        + service + "'")
                .get(0);
    }

    private static List<String> records() {
        return Database.texts("select action || ' ' || subject_id || ' ' || coalesce(facts ->> 'hours', '-') || ' '"
                + " || (facts ->> 'servers') from t_quota.audit_record order by seq");
    }

    private Actor owner() {
        var id = UUID.randomUUID();
        Database.asOwner("insert into t_quota.person (id, email, name, created_at) values ('" + id + "', '" + id
                + "@kiosk.example', 'Olga', now())");
        Database.asOwner("insert into t_quota.membership (organization_id, person_id, role, joined_at) values ('"
                + customer + "', '" + id + "', 'owner', now())");
        return new Actor(Actor.Kind.MEMBER, id, "Olga");
    }

    private static <T> T as(Actor person, Supplier<T> work) {
        try (var actorScope = Actors.enter(person)) {
            return Database.in(provisioningFixture.billingFixture.tenant, work);
        }
    }
}
