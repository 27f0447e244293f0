package io.tenantry.content;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Markdown as HTML that can do no harm: markup in it is shown as text, addresses lead to the web, to mail, to a telephone or within the
 * site, of pictures only the words are left (they would tell others who reads here), and what is made of it passes a list of
 * elements once more.
 */
public final class Markdown {
    private static final int HEADING_MAX = 6;

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new OnlyKnownSchemes())
            .build();
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "h1 h2 h3 h4 h5 h6 p ul ol li strong em code pre blockquote hr br a table thead tbody tr th td"
                            .split(" ", -1))
            .allowUrlProtocols("https", "http", "mailto", "tel")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("start")
            .onElements("ol")
            .requireRelsOnLinks("noopener", "noreferrer")
            .toFactory();

    private Markdown() {}

    /** The text as the whole of a page: its first heading is the page's. */
    public static String page(String markdown) {
        return render(PARSER.parse(markdown));
    }

    /** The text as a part of a page that has a heading of its own; those of the text stand below it. */
    public static String part(String markdown) {
        var document = PARSER.parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                heading.setLevel(Math.min(heading.getLevel() + 1, HEADING_MAX));
            }
        });
        return render(document);
    }

    private static String render(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                for (var child = image.getFirstChild(); child != null; child = image.getFirstChild()) {
                    image.insertBefore(child);
                }
                image.unlink();
            }
        });
        return POLICY.sanitize(RENDERER.render(document));
    }
}
