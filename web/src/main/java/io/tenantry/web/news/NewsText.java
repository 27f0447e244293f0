package io.tenantry.web.news;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The Markdown of an announcement as HTML. What the author wrote as HTML is shown as text, addresses of links may only be http,
 * https, mailto or of this site, and there are no pictures: none of them could track or show what we do not serve.
 */
@ApplicationScoped
@Named
public class NewsText {
    private final Parser parser = Parser.builder().build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new OnlyKnownSchemes())
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (tag.equals("a")) {
                    attributes.put("rel", "noopener nofollow");
                }
                attributes.keySet().retainAll(List.of("href", "rel", "start"));
            })
            .build();

    /** The text as safe HTML. */
    public String html(String markdown) {
        var document = parser.parse(markdown);
        withoutPictures(document);
        return renderer.render(document);
    }

    /** In the place of a picture stands what it was to show. */
    private static void withoutPictures(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                for (var child = image.getFirstChild(); child != null; child = image.getFirstChild()) {
                    image.insertBefore(child);
                }
                image.unlink();
            }
        });
    }
}
