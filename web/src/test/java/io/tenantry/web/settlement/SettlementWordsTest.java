package io.tenantry.web.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.money.Money;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.SettlementBooks.Line;
import io.tenantry.web.invoice.InvoiceWords;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Messages;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file of a settlement names its fees too. */
class SettlementWordsTest {
    private static final Money NOTHING = Money.zero(Currency.getInstance("EUR"));

    @ParameterizedTest
    @EnumSource(FeeTerms.Kind.class)
    void nameFees(FeeTerms.Kind kind) throws ReflectiveOperationException {
        var words = new SettlementWords();
        words.fmt = new Texts();
        words.invoices = new InvoiceWords();
        Field fmt = InvoiceWords.class.getDeclaredField("fmt");
        fmt.setAccessible(true);
        fmt.set(words.invoices, words.fmt);
        var line = new Line(
                1,
                kind.name(),
                "",
                "",
                YearMonth.of(2026, 10),
                Optional.empty(),
                0,
                0,
                0,
                NOTHING,
                BigDecimal.ONE,
                BigDecimal.ONE,
                NOTHING);
        assertThat(words.what(line)).isEqualTo(words.fmt.text("settlement.fee." + kind));
    }

    private static final class Texts extends Fmt {
        @Override
        public String text(String key) {
            return new Messages(Locale.ENGLISH).text(key);
        }
    }
}
