package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.Console;
import io.tenantry.cloud.console.OpenOutcome;
import io.tenantry.cloud.console.SshConsoles;
import io.tenantry.cloud.console.TerminalSize;
import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.text.JsonText;
import io.tenantry.web.push.SocketLimits;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a console. Its first message is a console token, so that no address and no log contains one; any other ends the socket, and so
 * does silence ({@link UnopenedConsoles}). After that, keystrokes arrive as
 * binary messages, and window messages as small JSON texts: {@code columns} and {@code rows}, the number of bytes {@code seen}, a heartbeat
 * {@code here}, and {@code active} for activity at a screen.
 */
@ServerEndpoint(ConsoleEndpoint.PATH)
public class ConsoleEndpoint {
    static final String PATH = "/console";

    private static final System.Logger LOG = System.getLogger(ConsoleEndpoint.class.getName());
    private static final String KEPT = ConsoleSocket.class.getName();
    private static final int WORDS_MAX = 512;

    /** More than the consoles that a person may have, since a socket is opened before a console is. */
    static final int OF_ONE_SESSION_MAX = 20;

    /** The page sends a heartbeat every half minute. */
    private static final long SILENT_MAX_MILLIS = 95_000;

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    @Inject
    SshConsoles sshConsoles;

    @Inject
    ConsoleExecutors crew;

    @Inject
    UnopenedConsoles unopened;

    @Inject
    SocketLimits limits;

    /** Accepts a connection. */
    @OnOpen
    public void open(Session socket) throws IOException {
        socket.setMaxTextMessageBufferSize(WORDS_MAX);
        socket.setMaxBinaryMessageBufferSize(Console.TYPED_MAX);
        socket.setMaxIdleTimeout(SILENT_MAX_MILLIS);
        if (!(socket.getUserPrincipal() instanceof ConsoleVisitor consoleVisitor)) {
            socket.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "nobody"));
            return;
        }
        var address = consoleVisitor.origin().map(RequestOrigin::address).orElse("");
        if (!limits.enter(socket, PATH, consoleVisitor.sessionId(), OF_ONE_SESSION_MAX, address)) {
            socket.close(ConsoleCloseCodes.TOO_MANY);
            return;
        }
        var page = new ConsoleSocket(socket, consoleVisitor);
        socket.getUserProperties().put(KEPT, page);
        unopened.add(page);
    }

    /** Handles a window message, or the console token. */
    @OnMessage
    public void heard(String text, Session socket) {
        var page = page(socket);
        if (page == null) {
            return;
        }
        JsonObject words;
        try {
            words = JsonText.object(text);
        } catch (JsonException nonsense) {
            page.close(ConsoleCloseCodes.NONSENSE);
            page.left();
            return;
        }
        if (words.containsKey("token")) {
            ask(page, words);
        } else if (!page.isAsked()) {
            refuse(page);
        } else if (words.containsKey("columns")) {
            page.console().ifPresent(console -> console.resize(size(words)));
        } else if (words.containsKey("seen")) {
            page.console().ifPresent(console -> console.seen(words.getInt("seen", 0)));
        } else if (words.containsKey("active")) {
            page.console().ifPresent(Console::attended);
        } else {
            page.note();
        }
    }

    /** Handles keystrokes. */
    @OnMessage
    public void typed(byte[] bytes, Session socket) {
        var page = page(socket);
        if (page != null && !page.isAsked()) {
            refuse(page);
        } else if (page != null && bytes.length > 0) {
            page.console().ifPresent(console -> console.type(bytes));
        }
    }

    /** Handles the end of the connection. */
    @OnClose
    public void close(Session socket) {
        var page = page(socket);
        if (page != null) {
            unopened.remove(page);
            page.left();
        }
        limits.leave(socket);
    }

    /** Ends a broken connection, which the container closes. */
    @OnError
    public void failed(Session socket, Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, "a console's socket failed", failure);
        close(socket);
    }

    private void ask(ConsoleSocket page, JsonObject words) {
        if (!page.asks()) {
            refuse(page);
            return;
        }
        unopened.remove(page);
        var consoleRequest = new SshConsoles.ConsoleRequest(
                words.getString("token", ""), page.guest().sessionId(), size(words));
        if (!crew.open(
                page.guest(),
                () -> page.guest().run(() -> open(page, consoleRequest)),
                lateness -> page.close(ConsoleCloseCodes.of(lateness)))) {
            page.close(ConsoleCloseCodes.TOO_MANY);
        }
    }

    private void open(ConsoleSocket page, SshConsoles.ConsoleRequest consoleRequest) {
        if (!page.isOpen()) {
            return;
        }
        try {
            var executor = new SshConsoles.ConsoleExecutor(crew::write, work -> crew.ask(page.guest(), work));
            var openOutcome = sshConsoles.open(consoleRequest, page, executor);
            if (openOutcome instanceof OpenOutcome.Open open) {
                page.begin(open.console());
            } else {
                page.close(ConsoleCloseCodes.of(openOutcome));
            }
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "a console could not be opened", broken);
            page.close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, ""));
        }
    }

    private static void refuse(ConsoleSocket page) {
        page.close(ConsoleCloseCodes.NO_TICKET);
        page.left();
    }

    private static TerminalSize size(JsonObject words) {
        return new TerminalSize(words.getInt("columns", COLUMNS), words.getInt("rows", ROWS));
    }

    private static @Nullable ConsoleSocket page(Session socket) {
        return socket.getUserProperties().get(KEPT) instanceof ConsoleSocket page ? page : null;
    }
}
