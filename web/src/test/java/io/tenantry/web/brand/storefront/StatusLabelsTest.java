package io.tenantry.web.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.layout.PageTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

/** The status page states what its percentages measure, and for which period. */
class StatusLabelsTest {
    private static final Path PAGE = Path.of("src/main/webapp/status.xhtml");

    @Test
    void statesBasisOfUptimePercentage() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(
                        "<p>#{msg['store.status.basis']}</p>",
                        "<h2>#{msg['store.status.days']}</h2>",
                        "format.text('store.status.uptime', one.availability.uptime)",
                        "#{msg['store.status.ago']}");
        for (var locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            var words = ResourceBundle.getBundle(PageTexts.class.getName(), locale);
            assertThat(words.getString("store.status.basis"))
                    .containsPattern("our team reports|unser Team meldet")
                    .containsPattern("not an automatic measurement|keine automatische Messung");
            assertThat(words.getString("store.status.uptime")).containsPattern("reported|gemeldet");
            assertThat(words.getString("store.status.days")).contains("90");
        }
    }
}
