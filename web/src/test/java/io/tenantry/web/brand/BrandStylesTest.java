package io.tenantry.web.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import org.junit.jupiter.api.Test;

class BrandStylesTest {
    @Test
    void setsWhatTheTokensDeriveFrom() {
        var css = BrandStyles.css(Brand.of("Aurora", Colour.of("#4f46e5"), Colour.of("#0891b2"), Colour.of("#f59e0b")));
        assertThat(css)
                .contains("--brand: #4f46e5;")
                .contains("--accent: #f59e0b;")
                .contains("--on-brand: #ffffff;")
                .contains("--brand-text: light-dark(#");
    }
}
