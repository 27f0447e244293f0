package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.limits.TimeLimit;
import io.tenantry.kernel.limits.TimeLimitExceededException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import org.junit.jupiter.api.Test;

/** Titles above a table are judged within the time limit of the file. */
class TitleRowsTimeTest {
    private static final int ROWS = 2_000;
    private static final ReadDefaults DEFAULTS =
            new ReadDefaults("main", Currency.getInstance("EUR"), "DE", LocalDate.of(2026, 1, 31));

    @Test
    void refusesAFileOfLongTitlesWithinTheLimit() throws UnreadableStatement {
        var titles = ("title " + "of a statement ".repeat(20) + ";\n").repeat(ROWS);
        var statement = CsvStatement.open(titles.getBytes(StandardCharsets.UTF_8), CsvProfile.DETECT, DEFAULTS);
        assertThatThrownBy(() -> TimeLimit.elapsed(Duration.ofMillis(1), statement::read))
                .isInstanceOf(TimeLimitExceededException.class)
                .satisfies(late -> assertThat(late.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("isTitle")));
    }
}
