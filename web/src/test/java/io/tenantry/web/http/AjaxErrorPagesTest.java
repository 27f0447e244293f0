package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import jakarta.ejb.EJBException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AjaxErrorPagesTest {
    private static final Path PAGES = Path.of("src/main/webapp");

    @Test
    void mapsMissingAndForbiddenToClientErrors() {
        var removed = new EJBException(new NotFoundException("server", "1"));
        assertThat(ErrorStatus.status(removed)).contains(404);
        assertThat(ErrorStatus.status(new AccessDeniedException("vps.view"))).contains(403);
        assertThat(ErrorStatus.status(new IllegalStateException("ours"))).isEmpty();
    }

    @Test
    void distinguishesMalformedFromTooLargeBody() {
        assertThat(ErrorStatus.status(new UnreadableBody(new IllegalArgumentException())))
                .contains(400);
        assertThat(ErrorStatus.status(new UnreadableBody(new IllegalStateException())))
                .contains(413);
    }

    @Test
    void usesSameErrorPagesAsContainer() throws Exception {
        var container = Files.readString(PAGES.resolve("WEB-INF/web.xml"));
        for (var status : List.of(403, 404, 409)) {
            assertThat(container)
                    .containsPattern(
                            "<error-code>" + status + "</error-code>\\s*<location>" + AjaxErrorPages.page(status));
        }
        assertThat(container).containsPattern("<error-page>\\s*<location>" + AjaxErrorPages.page(400));
        for (var status : List.of(400, 403, 404, 409)) {
            assertThat(PAGES.resolve(AjaxErrorPages.page(status).substring(1))).exists();
        }
    }
}
