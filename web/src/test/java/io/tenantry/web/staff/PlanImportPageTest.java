package io.tenantry.web.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.catalog.PlanImport.Fault;
import io.tenantry.cloud.provider.catalog.PlanImport.Field;
import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanImportPageTest {
    private static final UUID PRICED = new UUID(0, 1);
    private static final UUID UNPRICED = new UUID(0, 2);

    private static final List<PlanImportRow> ROWS =
            List.of(row(PRICED, Optional.of(Money.of("5", "EUR"))), row(UNPRICED, Optional.empty()));

    @Test
    void showsFaultsOfASizeInItsRow() {
        assertThat(fieldOf(PRICED, Field.CODE)).hasValue("sell:each:0:code");
        assertThat(fieldOf(UNPRICED, Field.NAME)).hasValue("sell:each:1:name");
        assertThat(fieldOf(UNPRICED, Field.COST)).hasValue("sell:each:1:cost");
    }

    @Test
    void showsFaultsOfTheTermsAtTheirFields() {
        assertThat(ofTerms(Field.CATEGORY, false)).hasValue("sell:category");
        assertThat(ofTerms(Field.POSITION, false)).hasValue("sell:position");
        assertThat(ofTerms(Field.MARKUP, false)).hasValue("sell:markup");
        assertThat(ofTerms(Field.PRICE, false)).hasValue("sell:markup");
        assertThat(ofTerms(Field.REGIONS, false)).hasValue("sell:regions");
        assertThat(ofTerms(Field.EXCHANGE, true)).hasValue("sell:exchange");
    }

    @Test
    void showsFaultsWithoutAnInputOnTop() {
        assertThat(fieldOf(PRICED, Field.COST))
                .as("its price is the provider's")
                .isEmpty();
        assertThat(ofTerms(Field.EXCHANGE, false)).as("the rate is stored").isEmpty();
        assertThat(ofTerms(Field.ACCOUNT, false)).isEmpty();
        assertThat(fieldOf(PRICED, Field.WHOLESALE)).isEmpty();
        assertThat(fieldOf(PRICED, Field.ALREADY_SOLD)).isEmpty();
    }

    private static Optional<String> fieldOf(UUID sizeId, Field field) {
        return PlanImportPage.fieldOf(new Fault(Optional.of(sizeId), field), ROWS, false);
    }

    private static Optional<String> ofTerms(Field field, boolean isTyped) {
        return PlanImportPage.fieldOf(new Fault(Optional.empty(), field), ROWS, isTyped);
    }

    private static PlanImportRow row(UUID id, Optional<Money> monthly) {
        var size = new ProviderSizes.Size(
                id,
                UUID.randomUUID(),
                "account",
                "s-1",
                "Small",
                "shared",
                1,
                1_024,
                25,
                1_000,
                List.of(),
                monthly,
                monthly,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                List.of());
        return new PlanImportRow(size, "s-1");
    }
}
