package io.tenantry.web.people.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationItemTest {
    @ParameterizedTest
    @CsvSource({
        "db-1 has ended, Northgate Legal, Northgate Legal: db-1 has ended",
        "The wallet of Northgate Legal is empty, Northgate Legal, The wallet of Northgate Legal is empty",
        "Your password was changed, '', Your password was changed"
    })
    void shortTextNamesOrganizationOnce(String title, String place, String stated) {
        assertThat(new NotificationItem(1, title, "", place, "/portal", "server", "ok", "", "", false).said())
                .isEqualTo(stated);
    }

    @Test
    void toastAndLiveRegionUseShortText() throws IOException {
        assertThat(Files.readString(Path.of("src/main/webapp/resources/js/notifications.js")))
                .contains("toast(first.said, ", "say(words.new.replace('%s', first.said))")
                .doesNotContain("first.title");
    }
}
