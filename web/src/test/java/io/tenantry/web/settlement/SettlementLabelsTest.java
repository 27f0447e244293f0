package io.tenantry.web.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.web.billing.invoicing.InvoiceLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Messages;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file of a settlement names its fees too. */
class SettlementLabelsTest {
    private static final Money NOTHING = Money.zero(Currency.getInstance("EUR"));

    @ParameterizedTest
    @EnumSource(FeeTerms.Kind.class)
    void everyFeeHasName(FeeTerms.Kind kind) throws ReflectiveOperationException {
        var words = new SettlementLabels();
        words.format = new Texts();
        words.invoices = new InvoiceLabels();
        Field fmt = InvoiceLabels.class.getDeclaredField("format");
        fmt.setAccessible(true);
        fmt.set(words.invoices, words.format);
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
        assertThat(words.what(line)).isEqualTo(words.format.text("settlement.fee." + kind));
    }

    private static final class Texts extends Format {
        @Override
        public String text(String key) {
            return new Messages(Locale.ENGLISH).text(key);
        }
    }
}
