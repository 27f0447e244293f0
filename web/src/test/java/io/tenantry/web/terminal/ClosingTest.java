package io.tenantry.web.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.terminal.End;
import io.tenantry.terminal.Opening;
import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private static final Path PAGE = Path.of("src/main/webapp/WEB-INF/includes/terminal.xhtml");
    private static final int OUR_OWN = 4_000;

    /** All that refuse. */
    private static final List<Opening> REFUSALS = List.of(
            new Opening.NoTicket(),
            new Opening.NotAllowed(),
            new Opening.NoServer(),
            new Opening.TooMany(),
            new Opening.Unreachable(),
            new Opening.Outdated(),
            new Opening.OtherKey(),
            new Opening.Refused());

    @Test
    void thePageHasWordsForEachEnd() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Stream.concat(
                                Arrays.stream(End.values()).map(Closing::of),
                                REFUSALS.stream().map(Closing::of))
                        .map(CloseReason::getCloseCode)
                        .map(CloseReason.CloseCode::getCode)
                        .filter(code -> code > OUR_OWN))
                .isNotEmpty()
                .allSatisfy(code -> assertThat(page).contains("data-end-" + code + "=\"#{msg['"));
    }

    @Test
    void eachRefusalIsAnotherOne() {
        assertThat(REFUSALS.stream()
                        .map(Closing::of)
                        .map(CloseReason::getCloseCode)
                        .map(CloseReason.CloseCode::getCode))
                .doesNotHaveDuplicates()
                .hasSize(Opening.class.getPermittedSubclasses().length - 1);
    }
}
