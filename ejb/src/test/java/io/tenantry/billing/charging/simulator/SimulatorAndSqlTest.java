package io.tenantry.billing.charging.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.BuildLog;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A year of a small reseller on a real PostgreSQL, compared with the pure rule and the reference model: equal to the last decimal after each
 * act, and in every period, wallet and event at the end. {@code -Dtenantry.sim.databaseSeeds=50} for seeds 1 to 50,
 * {@code -Dtenantry.sim.seed=17} for one.
 */
@Tag("full")
class SimulatorAndSqlTest {
    static LongStream seeds() {
        var one = Long.getLong("tenantry.sim.seed");
        var many = Integer.getInteger("tenantry.sim.databaseSeeds");
        if (one != null) {
            return LongStream.of(one);
        }
        return many != null ? LongStream.rangeClosed(1, many) : LongStream.of(2, 4, 6);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void databaseChargesTheSame(long seed) {
        var scale = Scale.oneYear();
        var history = History.of(seed, Simulation.zone(seed), scale);
        var pure = new Simulation(history.zone(), scale);
        var database = new DatabaseReseller("simulated-" + seed, history, scale);
        try {
            for (var billingAction : history.acts()) {
                live(billingAction, pure, database);
            }
        } catch (Deviation deviation) {
            throw deviation.told(history, history.acts().subList(0, deviation.acts), "SimulatorAndSqlTest");
        }
        pure.finish();

        pure.reseller.services.forEach((number, rented) -> {
            assertThat(database.periods(number))
                    .as("service " + number)
                    .containsExactlyElementsOf(lines(rented, pure.running.contains(number)));
        });
        pure.reseller.wallets.forEach((number, wallet) -> {
            assertThat(database.balance(number)).as("wallet " + number).isEqualTo(wallet.balance.amount());
            assertThat(database.events(number)).as("wallet " + number).containsExactlyElementsOf(wallet.events);
        });
        assertThat(database.faults()).isEqualTo(List.of());
        BuildLog.note("simulator, seed " + seed + " in " + history.zone() + ": "
                + history.acts().size() + " acts, " + pure.reseller.services.size() + " services, " + database.sums());
    }

    /** Returns the periods as the database should have them: the last is open while the service runs. */
    private static List<DatabaseReseller.Line> lines(PureReseller.Rented rented, boolean runs) {
        var lines = new ArrayList<DatabaseReseller.Line>();
        for (var period : rented.periods) {
            lines.add(DatabaseReseller.Line.of(period, runs && lines.size() == rented.periods.size() - 1));
        }
        return lines;
    }

    private static void live(BillingAction billingAction, Simulation pure, DatabaseReseller database) {
        pure.live(billingAction);
        try {
            database.live(billingAction);
        } catch (RuntimeException failure) {
            throw pure.wrong("the database: " + failure, failure);
        }
        var held = BigDecimal.ZERO.setScale(8);
        var postings = 0L;
        var events = 0L;
        for (var wallet : pure.reseller.wallets.values()) {
            held = held.add(wallet.balance.amount());
            postings += wallet.postings;
            events += wallet.events.size();
        }
        var expected = new DatabaseReseller.Sums(pure.reseller.revenue.amount(), held, postings, events);
        var found = database.sums();
        if (!found.equals(expected)) {
            throw pure.wrong("the database has " + found + ", expected " + expected, null);
        }
    }
}
