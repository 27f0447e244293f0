package io.tenantry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.provisioning.Whereabouts;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vendors are asked when somebody looks, once a minute for the same, and are not waited for long. */
class MeasurementsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Books books;
    private static UUID service;

    private final Thermometer vendor = new Thermometer();
    private final Measurements measurements = new Measurements();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @BeforeAll
    static void open() {
        books = new Books("measured", "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        service = books.rent(books.wallet("10"), books.price("7.30"), NOON).service();
        Database.asOwner("insert into " + books.tenant.schema()
                + ".organization (id, name, billing_email, country, created_at)"
                + " select organization_id, 'Kiosk', 'a@b', 'DE', now() from " + books.tenant.schema() + ".service");
    }

    @BeforeEach
    void prepare() {
        books.clock.stopAt(NOON);
        measurements.whereabouts = new Whereabouts(books.sql);
        measurements.access = new Access(books.sql);
        measurements.upstreams = new Upstreams(List.of(vendor));
        measurements.remembered = new Remembered();
        measurements.queue = new Queue();
        measurements.clock = books.clock;
        measurements.executor = executor;
        isAt(Thermometer.MEASURING, "ACTIVE");
    }

    @AfterEach
    void close() {
        vendor.comesBack();
        executor.shutdownNow();
    }

    @Test
    void whatTheVendorMeasuredIsAveragedInSteps() {
        vendor.says(NOON.minusSeconds(60), "12.5");
        var courses = (Measured.Courses) ask(Span.HOUR);
        assertThat(courses.at()).isEqualTo(NOON);
        assertThat(courses.courses()).singleElement().satisfies(course -> {
            assertThat(course.steps()).hasSize(12);
            assertThat(course.steps().get(0).from()).isEqualTo(NOON.minus(Duration.ofMinutes(55)));
            assertThat(course.steps().get(10).average())
                    .hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo(new BigDecimal("12.5")));
            assertThat(course.steps().get(11).average()).isEmpty();
        });
        assertThat(vendor.asked()).containsExactly(Duration.ofMinutes(55));
    }

    @Test
    void aVendorIsAskedOnceAMinuteForTheSame() {
        vendor.says(NOON, "1");
        var first = ask(Span.DAY);
        books.clock.stopAt(NOON.plusSeconds(59));
        assertThat(ask(Span.DAY)).isSameAs(first);
        ask(Span.WEEK);
        assertThat(vendor.asked()).hasSize(2);
        books.clock.stopAt(NOON.plusSeconds(60));
        ask(Span.DAY);
        assertThat(vendor.asked()).hasSize(3);
    }

    @Test
    void aVendorThatFailsIsSilentForAMinuteToo() {
        vendor.fails(Reason.VENDOR);
        assertThat(ask(Span.DAY)).isEqualTo(new Measured.Silent(NOON));
        ask(Span.DAY);
        assertThat(vendor.asked()).hasSize(1);
    }

    @Test
    void aVendorThatHangsIsNotWaitedFor() {
        vendor.hangs();
        var began = System.nanoTime();
        assertThat(ask(Span.DAY, Duration.ofMillis(200))).isEqualTo(new Measured.Silent(NOON));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void oneThatMeasuresNothingAndAnAccountThatIsGoneAreToldApart() {
        isAt(Thermometer.BLIND, "ACTIVE");
        assertThat(ask(Span.DAY)).isInstanceOf(Measured.Never.class);
        isAt("gone", "ACTIVE");
        measurements.remembered = new Remembered();
        assertThat(ask(Span.DAY)).isInstanceOf(Measured.Silent.class);
    }

    @Test
    void aServerThatIsNoMoreIsNotAskedFor() {
        isAt(Thermometer.MEASURING, "TERMINATED");
        assertThat(ask(Span.DAY)).isInstanceOf(Measured.NoServer.class);
        Database.asOwner("update " + books.tenant.schema() + ".service set upstream_id = null, state = 'ACTIVE'");
        assertThat(ask(Span.DAY)).isInstanceOf(Measured.NoServer.class);
        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void whatAnotherDoesWhoGotTheNumberIsNotShown() {
        vendor.says(NOON, "1");
        vendor.marks(UUID.randomUUID());
        assertThat(ask(Span.DAY)).isEqualTo(new Measured.Silent(NOON));
        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void aServerThatTheVendorDoesNotKnowIsNotMeasured() {
        vendor.says(NOON, "1");
        vendor.losesAll();
        assertThat(ask(Span.DAY)).isEqualTo(new Measured.Silent(NOON));
        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void aServerWithTheMarkOfItsServiceIsMeasured() {
        vendor.says(NOON, "1");
        vendor.marks(service);
        assertThat(ask(Span.DAY)).isInstanceOf(Measured.Courses.class);
    }

    @Test
    void whoMayNotSeeTheServerIsToldNothingEvenIfItIsRemembered() {
        vendor.says(NOON, "1");
        ask(Span.DAY);
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "stranger"))) {
            assertThatThrownBy(() -> Database.in(books.tenant, () -> measurements.of(service, Span.DAY)))
                    .isInstanceOf(NotVisible.class);
        }
        assertThatThrownBy(() -> books.in(() -> measurements.of(UUID.randomUUID(), Span.DAY)))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void noTransactionIsOpenWhileTheVendorIsAsked() {
        assertThat(Measurements.class.getAnnotation(TransactionAttribute.class).value())
                .isEqualTo(TransactionAttributeType.NOT_SUPPORTED);
    }

    @Test
    void onlySoManyAnswersAreRemembered() {
        var remembered = new Remembered();
        for (var i = 0; i < 600; i++) {
            remembered.keep(
                    new Remembered.Question(books.tenant, UUID.randomUUID(), Span.DAY),
                    new Measured.Never(),
                    books.clock);
        }
        assertThat(remembered.size()).isEqualTo(500);
    }

    private Measured ask(Span span) {
        return ask(span, LONG);
    }

    private Measured ask(Span span, Duration limit) {
        return books.in(() -> measurements.of(service, span, limit));
    }

    private static void isAt(String account, String state) {
        Database.asOwner("update " + books.tenant.schema() + ".service set account = '" + account
                + "', upstream_region = 'fra', upstream_size = 's', upstream_image = 'i', upstream_id = '1', state = '"
                + state + "'");
    }
}
