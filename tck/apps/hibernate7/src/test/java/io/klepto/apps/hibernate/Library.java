package io.klepto.apps.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** Entities of a library. They are nested classes, so that their regions' names hold a dollar. */
final class Library {
  private Library() {}

  /** Who wrote: with a natural id and a collection, each with a region of its own. */
  @Entity(name = "Author")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  @NaturalIdCache
  static class Author {
    @Id Long id;

    @NaturalId String name;

    @Version int version;

    LocalDate born;

    @OneToMany(mappedBy = "author", cascade = CascadeType.ALL)
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    List<Book> books = new ArrayList<>();

    /** For Hibernate. */
    Author() {}

    Author(long id, String name, LocalDate born) {
      this.id = id;
      this.name = name;
      this.born = born;
    }

    void wrote(Book book) {
      book.author = this;
      books.add(book);
    }
  }

  /** What was written. */
  @Entity(name = "Book")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  static class Book {
    @Id Long id;

    @Version int version;

    String title;

    BigDecimal price;

    @ManyToOne Author author;

    /** For Hibernate. */
    Book() {}

    Book(long id, String title, BigDecimal price) {
      this.id = id;
      this.title = title;
      this.price = price;
    }
  }
}
