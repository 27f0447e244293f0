package io.tenantry.demo;

import io.tenantry.admin.platform.Tenants;
import io.tenantry.catalog.fx.RateUpdater;
import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Creates the demo at the first start with {@code tenantry.demo=true} on a platform without tenants: two brands with two months of history,
 * played under a moved clock and charged by the real job. What a start that died left incomplete is deleted and created again. One of several
 * nodes creates it while the others wait.
 */
@ApplicationScoped
public class Demo {
    private static final System.Logger LOG = System.getLogger(Demo.class.getName());
    private static final long SEED = 20_260_921;
    private static final long LOCK = 7_403;

    @Inject
    DemoPlatform platform;

    @Inject
    RateUpdater rates;

    @Inject
    Settings settings;

    @Inject
    MovableClock clock;

    @Inject
    TenantDirectory directory;

    @Inject
    Tenants tenants;

    @Inject
    DemoProgress marks;

    @Inject
    DemoLogins logins;

    @Inject
    Instance<DemoPlayer> stages;

    /**
     * Creates the demo if it does not exist.
     *
     * @param charging charges everything due
     * @param progress receives progress messages
     * @return whether the demo exists: false while another node is creating it
     */
    public boolean settle(CatchUp charging, Consumer<String> progress) {
        try (var connection = DatabaseCells.administration().getConnection()) {
            if (!ask(connection, "select pg_try_advisory_lock(" + LOCK + ")")) {
                return false;
            }
            try (var actorScope = Actors.enter(Actor.system("demo"))) {
                settleAlone(charging, progress);
            } finally {
                ask(connection, "select pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the demo's lock could not be taken", failure);
        }
        return true;
    }

    private void settleAlone(CatchUp charging, Consumer<String> progress) {
        var isComplete = marks.isComplete();
        if (isComplete.isEmpty() && !directory.all().isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "no demo is created: this platform already has tenants");
            return;
        }
        if (!isComplete.orElse(false)) {
            isComplete.ifPresent(halfMade -> dropHalfMade(progress));
            marks.begin(SEED);
            live(charging, progress);
            marks.complete();
        }
        platform.offerPrices();
        logins.write();
    }

    private void dropHalfMade(Consumer<String> progress) {
        progress.accept("the demo was left half made; it is dropped and made again");
        for (var brand : DemoBrand.ALL) {
            if (directory.byId(brand.tenant()).isPresent()) {
                tenants.erase(brand.tenant());
            }
        }
    }

    /** The clock returns to real time afterwards, even after a failure. */
    private void live(CatchUp charging, Consumer<String> progress) {
        var began = clock.real();
        var story = DemoStory.draw(SEED, began);
        var stage = stages.get();
        try {
            clock.stopAt(story.from());
            rates.keep();
            stage.hireOperator();
            platform.registerSeller();
            platform.askFees(DemoPlatform.month(story.from()));
            platform.offerPrices();
            play(story, stage, charging, progress);
        } finally {
            stages.destroy(stage);
            clock.moveBy(Duration.ZERO);
        }
        charging.run();
        platform.settleUp(DemoPlatform.month(story.from()));
        progress.accept("the demo is complete: " + DemoStory.DAYS + " days, " + stage.servers() + " servers, in "
                + Duration.between(began, clock.real()).toSeconds() + " s");
    }

    private void play(DemoStory story, DemoPlayer stage, CatchUp charging, Consumer<String> progress) {
        var charged = story.from();
        var day = -1L;
        for (var demoEvent : story.steps()) {
            clock.stopAt(demoEvent.at());
            charged = chargeBefore(demoEvent, charged, charging);
            var today = ChronoUnit.DAYS.between(story.from(), demoEvent.at());
            if (today != day && today % 10 == 0) {
                progress.accept("the demo is being created: day " + today + " of " + DemoStory.DAYS + ", "
                        + stage.servers() + " servers");
            }
            if (today != day) {
                rates.keep();
            }
            day = today;
            if (demoEvent instanceof DemoEvent.PricesChanged prices) {
                platform.raisePrices(prices.brand(), prices.validFrom());
            }
            stage.play(demoEvent);
        }
    }

    /** Hours that ended before the step are charged before it, so that statements are in chronological order. */
    private static Instant chargeBefore(DemoEvent demoEvent, Instant charged, CatchUp charging) {
        var hour = demoEvent.at().truncatedTo(ChronoUnit.HOURS);
        if (hour.isAfter(charged)) {
            charging.run();
        }
        return hour;
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return results.next() && results.getBoolean(1);
        }
    }
}
