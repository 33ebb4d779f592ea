package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Shared references, cycles, and hash tables within them. */
@SuppressWarnings({"ArrayRecordComponent", "ReferenceEquality"}) // what the tests are about
final class GraphCopyTest {
  private final Copier copier = Copiers.byValue(GraphCopyTest.class.getClassLoader());

  /** A node whose fields are declared so that the set is met before the identity is. */
  private static final class Person {
    Set<Person> friends = new HashSet<>();
    Map<Person, String> notes = new HashMap<>();
    Person next;
    Object group;
    List<Integer> id;

    Person(int id) {
      this.id = new ArrayList<>(List.of(id));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Person person && person.id.equals(id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id);
    }
  }

  @Test
  void copy_sharedReference_staysSharedAcrossClasses() {
    int[] numbers = {1};
    List<Object> inner = new ArrayList<>(List.of(numbers));
    Object[] original = {
      numbers, inner, Map.of("k", inner), List.of(numbers), new Object[] {inner}
    };
    Object[] copy = (Object[]) copier.copy(original);
    assertNotSame(numbers, copy[0]);
    assertSame(copy[0], ((List<?>) copy[1]).get(0));
    assertSame(copy[1], ((Map<?, ?>) copy[2]).get("k"));
    assertSame(copy[0], ((List<?>) copy[3]).get(0));
    assertSame(copy[1], ((Object[]) copy[4])[0]);
  }

  @Test
  void copy_hashTablesInCycles_findTheirKeys() {
    Person[] people = new Person[20];
    for (int i = 0; i < people.length; i++) {
      people[i] = new Person(i);
    }
    for (int i = 0; i < people.length; i++) {
      for (int j = 0; j < people.length; j += 1 + i % 3) {
        people[i].friends.add(people[j]);
        people[i].notes.put(people[j], i + " of " + j);
      }
      people[i].next = people[(i + 1) % people.length];
    }
    Person copy = (Person) copier.copy(people[0]);
    for (int i = 0; i < people.length; i++) {
      assertNotSame(people[i], copy);
      assertEquals(people[i], copy);
      assertEquals(people[i].friends, copy.friends);
      assertEquals(people[i].notes, copy.notes);
      for (Person friend : copy.friends) {
        assertTrue(copy.friends.contains(friend));
        assertTrue(Arrays.stream(people).noneMatch(person -> person == friend));
      }
      copy = copy.next;
    }
  }

  /** A key whose hash code depends on a set that refers back to the table that the key is in. */
  private static final class SetKey {
    Set<Object> members = new HashSet<>();
    Object table;

    @Override
    public boolean equals(Object other) {
      return other instanceof SetKey key && key.members.equals(members);
    }

    @Override
    public int hashCode() {
      return members.hashCode();
    }
  }

  /** A member that leads to the outer table, but not by its hash code. */
  private static final class Member {
    final int id;
    Object table;

    Member(int id, Object table) {
      this.id = id;
      this.table = table;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Member member && member.id == id;
    }

    @Override
    public int hashCode() {
      return id;
    }
  }

  @Test
  void copy_keysThatAreEqualUntilTheyAreFull_areAllKept() {
    Map<Object, String> table = new HashMap<>();
    SetKey first = null;
    for (int i = 0; i < 5; i++) {
      SetKey key = new SetKey();
      key.members.add(new Member(i + 1, table));
      key.table = table;
      table.put(key, "value " + i);
      first = first == null ? key : first;
    }
    for (Object root : List.of(table, first, first.members, first.members.iterator().next())) {
      Object copy = copier.copy(root);
      Map<?, ?> copied = tableOf(copy);
      assertNotSame(table, copied);
      assertEquals(table, copied);
      for (Object key : copied.keySet()) {
        assertTrue(copied.containsKey(key));
        assertSame(copied, ((SetKey) key).table);
      }
    }
  }

  private static Map<?, ?> tableOf(Object object) {
    if (object instanceof Map<?, ?> map) {
      return map;
    }
    if (object instanceof SetKey key) {
      return (Map<?, ?>) key.table;
    }
    if (object instanceof Set<?> set) {
      return tableOf(set.iterator().next());
    }
    return (Map<?, ?>) ((Member) object).table;
  }

  @Test
  void copy_hashTableOutsideAnyCycle_isFullBeforeItsHolderIsBuilt() {
    record Frozen(Set<List<String>> names) {
      Frozen {
        names = Set.copyOf(names);
      }
    }
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    cycle.add(new Frozen(new HashSet<>(Set.of(new ArrayList<>(List.of("a"))))));
    List<?> copy = (List<?>) copier.copy(cycle);
    assertSame(copy, copy.get(0));
    assertEquals(cycle.get(1), copy.get(1));
  }

  @Test
  void copy_collectionThatContainsItself_doesSoAgain() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("self", map);
    Object[] array = {null};
    array[0] = array;
    List<?> listCopy = (List<?>) copier.copy(list);
    assertNotSame(list, listCopy);
    assertSame(listCopy, listCopy.get(0));
    Map<?, ?> mapCopy = (Map<?, ?>) copier.copy(map);
    assertNotSame(map, mapCopy);
    assertSame(mapCopy, mapCopy.get("self"));
    Object[] arrayCopy = (Object[]) copier.copy(array);
    assertNotSame(array, arrayCopy);
    assertSame(arrayCopy, arrayCopy[0]);
  }

  private record Link(String name, List<Object> targets, Object[] array) {}

  @Test
  void copy_cycleThroughRecordsAndImmutableLists_isKept() {
    List<Object> targets = new ArrayList<>();
    Object[] array = new Object[2];
    Link link = new Link("a", targets, array);
    List<Link> frozen = List.of(link);
    targets.add(frozen);
    targets.add(link);
    array[0] = Map.of("link", link);
    array[1] = targets;
    for (Object root : List.of(link, frozen, targets, array)) {
      Object copy = copier.copy(root);
      Link copied =
          copy instanceof Link l
              ? l
              : (Link) (copy instanceof Object[] a ? ((List<?>) a[1]).get(1) : lastOf(copy));
      assertNotSame(link, copied);
      assertSame(copied, ((List<?>) copied.targets().get(0)).get(0));
      assertSame(copied, copied.targets().get(1));
      assertSame(copied, ((Map<?, ?>) copied.array()[0]).get("link"));
      assertSame(copied.targets(), copied.array()[1]);
    }
  }

  private record Group(Set<Person> members) {
    private Group {
      for (Person member : members) {
        if (member.id == null || !members.contains(member)) {
          throw new IllegalArgumentException("unfinished member");
        }
      }
    }
  }

  @Test
  void copy_recordInACycle_isBuiltWhenItsPartsLackNothingElse() {
    Set<Person> members = new HashSet<>();
    Person person = new Person(1);
    members.add(person);
    person.group = new Group(members);
    for (Object root : List.of(person.group, person, members, person.friends)) {
      person.friends.add(person);
      Object copy = copier.copy(new Object[] {root, person});
      Person copied = (Person) ((Object[]) copy)[1];
      assertNotSame(person, copied);
      assertSame(copied, ((Group) copied.group).members().iterator().next());
    }
  }

  private static Object lastOf(Object list) {
    return ((List<?>) list).get(((List<?>) list).size() - 1);
  }

  @Test
  void copy_longChain_doesNotOverflowTheStack() {
    Object[] first = new Object[1];
    Object[] last = first;
    for (int i = 0; i < 200_000; i++) {
      Object[] next = new Object[1];
      last[0] = next;
      last = next;
    }
    last[0] = "end";
    Object copy = copier.copy(first);
    int length = 0;
    while (copy instanceof Object[] array) {
      copy = array[0];
      length++;
    }
    assertEquals(200_001, length);
    assertEquals("end", copy);
  }

  @Test
  void copy_sortedCollectionsInCycles_keepTheirOrder() {
    // Compares by a part that is itself in the cycle.
    Comparator<Person> byId = Comparator.comparing((Person person) -> person.id.get(0)).reversed();
    TreeSet<Person> set = new TreeSet<>(byId);
    TreeMap<Person, Object> map = new TreeMap<>(byId);
    for (int i = 0; i < 10; i++) {
      Person person = new Person(i);
      person.id = new ArrayList<>(List.of(i));
      set.add(person);
      map.put(person, List.of(set, map));
    }
    TreeMap<?, ?> copy = (TreeMap<?, ?>) copier.copy(map);
    assertNotSame(map, copy);
    assertSame(byId, copy.comparator());
    assertEquals(new ArrayList<>(map.keySet()), new ArrayList<>(copy.keySet()));
    List<?> value = (List<?>) copy.firstEntry().getValue();
    assertSame(copy, value.get(1));
    assertEquals(new ArrayList<>(set), new ArrayList<>((Set<?>) value.get(0)));
    assertTrue(copy.containsKey(new Person(3)));
  }
}
