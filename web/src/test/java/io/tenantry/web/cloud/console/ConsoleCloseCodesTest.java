package io.tenantry.web.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.console.ConsoleEndReason;
import io.tenantry.cloud.console.OpenOutcome;
import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleCloseCodesTest {
    private static final Path PAGE = Path.of("src/main/webapp/WEB-INF/includes/console.xhtml");
    private static final int OUR_OWN = 4_000;

    /** All refusals. */
    private static final List<OpenOutcome> REFUSALS = List.of(
            new OpenOutcome.InvalidToken(),
            new OpenOutcome.NotAllowed(),
            new OpenOutcome.NoServer(),
            new OpenOutcome.TooMany(),
            new OpenOutcome.Unreachable(),
            new OpenOutcome.Outdated(),
            new OpenOutcome.HostKeyChanged(),
            new OpenOutcome.Refused());

    @Test
    void pageHasTextForEachCloseCode() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Stream.concat(
                                Arrays.stream(ConsoleEndReason.values()).map(ConsoleCloseCodes::of),
                                REFUSALS.stream().map(ConsoleCloseCodes::of))
                        .map(CloseReason::getCloseCode)
                        .map(CloseReason.CloseCode::getCode)
                        .filter(code -> code > OUR_OWN))
                .isNotEmpty()
                .allSatisfy(code -> assertThat(page).contains("data-end-" + code + "=\"#{msg['"));
    }

    @Test
    void eachRefusalHasItsOwnCloseCode() {
        assertThat(REFUSALS.stream()
                        .map(ConsoleCloseCodes::of)
                        .map(CloseReason::getCloseCode)
                        .map(CloseReason.CloseCode::getCode))
                .doesNotHaveDuplicates()
                .hasSize(OpenOutcome.class.getPermittedSubclasses().length - 1);
    }
}
