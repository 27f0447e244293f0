package io.tenantry.faults;

import static io.tenantry.faults.Resellers.showOutcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.DatabaseProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers issue the documents of three resellers' months, and one or both are killed with {@code -9} after a random part of the documents;
 * see {@link Resellers}.
 *
 * <p>{@code -Dtenantry.issuing.kills=50} kills more often, {@code -Dtenantry.faults.seed=...} repeats the same kill points.
 */
@Tag("full")
class IssuingFaultsIT {
    private static final int KILLS = Integer.getInteger("tenantry.issuing.kills", 2);

    /** Every n-th month, both are killed. */
    private static final int BOTH_EVERY = 4;

    private static final int WALLETS = 600;
    private static final int DOCUMENTS = 3 * WALLETS;
    private static final Duration A_MOMENT = Duration.ofMillis(10);
    private static final Duration ISSUED_ATMOST = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private Cluster cluster;
    private Resellers resellers;

    @BeforeEach
    void startNodes() throws IOException {
        resellers = Resellers.on(folder);
        cluster = resellers.cluster();
        resellers.sell();
    }

    @AfterEach
    void stopNodes() {
        resellers.close();
    }

    @Test
    void killedIssuerLeavesNoGapAndNoDuplicate() {
        var kills = 0;
        for (var month = 0; kills < KILLS; month++) {
            assertThat(month).as("months without a kill in the middle").isLessThan(2 * KILLS);
            resellers.monthPasses();
            kills += issueAndKill(month % BOTH_EVERY == BOTH_EVERY - 1 ? List.of("a", "b") : List.of(either()));
            resellers.requireEveryDocumentOnce();
        }
        resellers.requireEveryHourChargedOnce();
        showOutcome("%d kills in the middle of issuing", kills);
    }

    private String either() {
        return resellers.random().nextBoolean() ? "a" : "b";
    }

    /** Returns how many nodes died while work was left. */
    private int issueAndKill(List<String> victims) {
        var before = resellers.documents();
        var part = resellers.random().nextInt(DOCUMENTS * 9 / 10);
        var atWork = List.of(resellers.issue("a"), resellers.issue("b"));
        until("documents are issued", () -> resellers.documents() - before > part);
        victims.forEach(victim -> cluster.node(victim).kill());
        var issued = resellers.documents() - before;
        showOutcome("%s killed, %d of %d documents were there", victims, issued, DOCUMENTS);
        atWork.forEach(one -> until("the interrupted work has ended", one::isDone));

        var isBoth = victims.size() > 1;
        if (isBoth) {
            cluster.start("a", "b");
        }
        var survivor = isBoth || victims.contains("b") ? "a" : "b";
        until("all documents are issued", () -> {
            cluster.driver(survivor).issue();
            return resellers.isAllIssued();
        });
        if (!isBoth) {
            cluster.start(victims.get(0));
        }
        return issued < DOCUMENTS ? victims.size() : 0;
    }

    private static void until(String what, BooleanSupplier isSo) {
        var end = System.nanoTime() + ISSUED_ATMOST.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            DatabaseProxy.pause(A_MOMENT);
        }
    }
}
