package io.tenantry.web.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BrandStylesTest {
    private static final Path SHEETS = Path.of("src/main/webapp/resources/css");

    @Test
    void setsBaseColoursOfTokens() {
        var css = BrandStyles.css(Brand.of("Aurora", Colour.of("#4f46e5"), Colour.of("#0891b2"), Colour.of("#f59e0b")));
        assertThat(css)
                .contains("--brand: #4f46e5;")
                .contains("--accent: #f59e0b;")
                .contains("--on-brand: #ffffff;")
                .contains("--loud-veil: rgb(0 0 0 / 18%);")
                .contains("--chart: light-dark(#4f46e5, #")
                .contains("--brand-text: light-dark(#");
    }

    /** The palette ensures contrast for white on the gradient and on darker areas; translucent text is beyond its control. */
    @Test
    void usesNoTranslucentWhiteForTextOrBackground() throws IOException {
        try (var sheets = Files.list(SHEETS)) {
            assertThat(sheets)
                    .isNotEmpty()
                    .allSatisfy(sheet -> assertThat(Files.readString(sheet))
                            .as(sheet.toString())
                            .doesNotContainPattern("(?m)^\\s*(color|background(-color)?|fill):[^;]*rgb\\(255 255 255"));
        }
    }

    @Test
    void drawsBarsInChartColours() throws IOException {
        assertThat(Files.readString(SHEETS.resolve("components.css")))
                .contains(
                        ".chart .plot .now {\n  fill: var(--chart);",
                        ".chart .plot .then {\n  fill: var(--chart-before);");
    }
}
