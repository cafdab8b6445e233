"""Pictures, from the upload to the page and away again."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import override
from PIL import Image, ImageCms

from dorfplatz.jobs.models import Job
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.worker import run_due
from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.media import quarantine, store
from dorfplatz.media.actions import (
    accept_upload,
    change_picture_words,
    erase_files,
    erase_picture,
    prepare_picture,
    sweep_files,
)
from dorfplatz.media.enums import PictureState, Refusal
from dorfplatz.media.models import Picture
from dorfplatz.media.queries import open_copy
from dorfplatz.media.tests.photos import ANNA, NOW, WORDS, file_of, flag, ready

WORKER = system("pictures")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return tmp_path


def copy_of(picture, kind="jpeg", width=None):
    copies = [copy for copy in picture.renditions if copy["format"] == kind]
    chosen = next(copy for copy in copies if width is None or copy["width"] == width)
    with default_storage.open(store.path_of(chosen["name"])) as file:
        image = Image.open(file)
        image.load()
    return image


def is_colour(pixel, name):
    wanted = {"red": (255, 0, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}[name]
    return all(abs(a - b) < 25 for a, b in zip(pixel[:3], wanted, strict=True))


def test_an_upload_waits_in_quarantine_until_its_copies_are_made(home):
    picture = accept_upload(file_of(flag()), alt=WORDS, credit="Foto: Anna", by=ANNA, now=NOW)
    assert picture.state == PictureState.WAITING
    assert (picture.uploader_id, picture.credit) == (7, "Foto: Anna")
    waiting = quarantine.path_of(picture.token)
    assert waiting.stat().st_mode & 0o777 == 0o600
    assert not (home / "media").exists()
    run_due()
    picture.refresh_from_db()
    assert picture.state == PictureState.READY
    assert not list(quarantine.folder().iterdir())
    assert {copy["format"] for copy in picture.renditions} == {"avif", "webp", "jpeg"}


def test_what_is_quick_does_not_wait_behind_pictures():
    for _number in range(3):
        accept_upload(file_of(flag()), alt=WORDS, credit="", by=ANNA, now=NOW)
    enqueue("dorfplatz.jobs.tasks.forget_jobs")
    due = Job.objects.due(timezone.now()).values_list("result__task_path", flat=True)
    assert [path.rpartition(".")[2] for path in due] == ["forget_jobs", *["prepare_picture"] * 3]


def test_copies_come_in_widths_for_phones_and_desks_and_never_larger_than_the_original():
    large = ready(file_of(flag(4000, 3000)))
    assert sorted({copy["width"] for copy in large.renditions}) == [320, 640, 1280, 1920]
    assert (large.width, large.height) == (1920, 1440)
    assert len(large.renditions) == 12
    middling = ready(file_of(flag(900, 300)))
    assert sorted({copy["width"] for copy in middling.renditions}) == [320, 640, 900]
    tall = ready(file_of(flag(600, 6000)))
    assert (tall.width, tall.height) == (256, 2560)
    tiny = ready(file_of(flag(1, 1), "PNG"))
    assert (tiny.width, tiny.height) == (1, 1)


def test_what_is_told_of_a_copy_is_so():
    picture = ready(file_of(flag(700, 500)))
    for copy in picture.renditions:
        path = store.path_of(copy["name"])
        assert default_storage.size(path) == copy["size"]
        with default_storage.open(path) as file, Image.open(file) as image:
            assert image.size == (copy["width"], copy["height"])
            assert image.format.lower() == copy["format"]


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(turn):
    """Each way of holding the camera, applied backwards, must give the same flag."""
    backwards = {
        1: [], 2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE], 8: [Image.Transpose.ROTATE_270],
    }  # fmt: skip
    width, height = (2400, 1500) if turn == 6 else (240, 150)  # one as large as cameras make them
    held = flag(width, height)
    held.paste("white", (0, 0, width, height // 5))  # a stripe at the top, so that upside down shows as well
    for step in backwards[turn]:
        held = held.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = turn
    picture = ready(file_of(held, exif=exif.tobytes(), quality=90))
    assert (picture.width, picture.height) == ((1920, 1200) if turn == 6 else (240, 150))
    image = copy_of(picture).resize((240, 150))
    assert is_colour(image.getpixel((110, 10)), "white")
    assert is_colour(image.getpixel((10, 140)), "red")
    assert is_colour(image.getpixel((230, 140)), "blue")


def test_what_is_seen_through_stays_so_and_stands_on_white_in_a_jpeg():
    glass = Image.new("RGBA", (90, 60), (255, 0, 0, 0))
    glass.paste((0, 0, 255, 255), (45, 0, 90, 60))
    picture = ready(file_of(glass, "PNG"))
    for kind in ("avif", "webp"):
        assert copy_of(picture, kind).getpixel((10, 30))[3] < 20
    assert is_colour(copy_of(picture, "jpeg").getpixel((10, 30)), "white")
    assert is_colour(copy_of(picture, "jpeg").getpixel((80, 30)), "blue")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "RGB"),
        ("PNG", "RGBA"), ("PNG", "I;16"), ("GIF", "P"), ("WEBP", "RGB"), ("WEBP", "RGBA"), ("AVIF", "RGB"),
        ("AVIF", "RGBA"),
    ],
)  # fmt: skip
def test_every_kind_of_pixels_becomes_a_picture(kind, mode):
    source = flag().convert("I").convert("I;16") if mode == "I;16" else flag().convert(mode)
    assert ready(file_of(source, kind)).width == 100


def test_sixteen_bits_of_grey_stay_as_bright_as_they_are():
    grey = Image.new("I;16", (60, 40), 40000)
    level = copy_of(ready(file_of(grey, "PNG"))).getpixel((30, 20))[0]
    assert abs(level - 40000 // 256) < 4


def test_colours_are_shown_as_their_profile_means_them():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))  # no profile for RGB at all: ignored
    assert is_colour(copy_of(ready(file_of(flag(), icc_profile=lab.tobytes()))).getpixel((20, 30)), "red")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    assert is_colour(copy_of(ready(file_of(flag(), icc_profile=srgb.tobytes()))).getpixel((20, 30)), "red")


def test_of_a_moving_gif_the_first_frame_is_shown():
    frames = [flag(), Image.new("RGB", (100, 60), "white")]
    picture = ready(file_of(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50))
    assert is_colour(copy_of(picture).getpixel((20, 30)), "red")


# What is refused


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", Refusal.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Refusal.NOT_A_PICTURE),
        (b"\xff\xd8\xff" + bytes(15 * 1024 * 1024), Refusal.TOO_HEAVY),
        (file_of(Image.new("1", (7200, 7100)), "PNG").read(), Refusal.TOO_MANY_PIXELS),
    ],
)
def test_a_refused_upload_says_why_in_one_sentence_and_leaves_nothing(data, refusal):
    for language, word in (("de", "Bild"), ("nl", "foto"), ("en", "picture")):
        with override(language), pytest.raises(Problem) as problem:
            accept_upload(ContentFile(data, name="photo.jpg"), alt=WORDS, by=ANNA, now=NOW)
        assert word in str(problem.value) or refusal == Refusal.EMPTY
        assert str(problem.value).endswith(".")
    assert not list(quarantine.folder().iterdir())
    assert not Picture.objects.exists()
    assert not Job.objects.exists()


def test_exactly_fifteen_megabytes_are_taken():
    data = file_of(flag()).read()
    file = ContentFile(data + bytes(15 * 1024 * 1024 - len(data)), name="photo")
    assert accept_upload(file, alt=WORDS, by=ANNA, now=NOW).state == PictureState.WAITING


def test_visitors_bring_no_pictures():
    with pytest.raises(Refused):
        accept_upload(file_of(flag()), alt=WORDS, by=VISITOR, now=NOW)
    assert not Picture.objects.exists()


def test_endless_words_are_refused():
    for words in ({"alt": {"de": "x" * 501}}, {"alt": "", "credit": "x" * 201}):
        with pytest.raises(Problem):
            accept_upload(file_of(flag()), by=ANNA, now=NOW, **words)
    picture = accept_upload(file_of(flag()), alt="Niel", by=ANNA, now=NOW)
    assert picture.alt == {"und": "Niel"}
    with pytest.raises(Problem):
        change_picture_words(picture, alt={"de": "x" * 501}, credit="", by=ANNA, now=NOW)
    change_picture_words(picture, alt=WORDS, credit="Ben", by=ANNA, now=NOW)
    picture.refresh_from_db()
    assert (picture.alt, picture.credit) == (WORDS, "Ben")


def test_a_picture_that_turns_out_damaged_is_turned_down_and_its_upload_gone():
    data = file_of(flag(300, 200)).read()
    picture = accept_upload(ContentFile(data[: len(data) // 2], name="x"), alt=WORDS, by=ANNA, now=NOW)
    run_due()
    picture.refresh_from_db()
    assert (picture.state, picture.refusal) == (PictureState.REFUSED, Refusal.DAMAGED)
    assert not list(quarantine.folder().iterdir())
    assert Act.objects.get(verb="turn_down_picture").details == {"refusal": "damaged"}


# After a crash


def test_preparing_again_after_a_crash_makes_the_same_files():
    picture = accept_upload(file_of(flag()), alt=WORDS, by=ANNA, now=NOW)
    source = quarantine.path_of(picture.token)
    kept = source.read_bytes()
    prepare_picture(picture.pk, by=WORKER, now=NOW)
    Picture.objects.filter(pk=picture.pk).update(state=PictureState.WAITING)  # as if the note had been lost
    source.write_bytes(kept)
    prepare_picture(picture.pk, by=WORKER, now=NOW)
    picture.refresh_from_db()
    assert sorted(store.all_names()) == sorted(copy["name"] for copy in picture.renditions)
    prepare_picture(picture.pk, by=WORKER, now=NOW)
    assert Act.objects.filter(verb="prepare_picture").count() == 2


def test_a_lost_upload_is_turned_down_instead_of_tried_for_ever():
    picture = accept_upload(file_of(flag()), alt=WORDS, by=ANNA, now=NOW)
    quarantine.discard(picture.token)
    prepare_picture(picture.pk, by=WORKER, now=NOW)
    picture.refresh_from_db()
    assert picture.state == PictureState.REFUSED


def test_a_picture_erased_while_it_is_prepared_leaves_no_file(monkeypatch):
    picture = accept_upload(file_of(flag()), alt=WORDS, by=ANNA, now=NOW)
    put = store.put

    def put_and_erase(name, source):
        put(name, source)
        Picture.objects.all().delete()

    monkeypatch.setattr(store, "put", put_and_erase)
    prepare_picture(picture.pk, by=WORKER, now=NOW)
    assert not list(store.all_names())


def test_an_erased_picture_is_gone_with_all_its_files_and_others_stay():
    picture, other = ready(file_of(flag())), ready(file_of(flag()))
    name = picture.renditions[0]["name"]
    with pytest.raises(Refused):
        erase_picture(picture, by=VISITOR, now=NOW)
    token = picture.token
    erase_picture(picture, by=ANNA, now=NOW)
    assert not Picture.objects.filter(token=token).exists()
    run_due()
    assert open_copy(name) is None
    assert sorted(store.all_names()) == sorted(copy["name"] for copy in other.renditions)
    erase_files(token)


def test_files_nobody_knows_are_swept_after_a_day_and_no_others():
    keeper = ready(file_of(flag()))
    lost = ready(file_of(flag()))
    Picture.objects.filter(pk=lost.pk).delete()
    waiting = accept_upload(file_of(flag()), alt=WORDS, by=ANNA, now=NOW)
    quarantine.put("A" * 22, [b"x"])
    (quarantine.folder() / ".work-abc").mkdir()
    now = timezone.now()
    assert sweep_files(now=now) == len(lost.renditions)
    assert quarantine.path_of("A" * 22).exists()
    assert sweep_files(now=now + timedelta(days=2)) == 1
    assert [path.name for path in quarantine.folder().iterdir()] == [waiting.token]
    assert sorted(store.all_names()) == sorted(copy["name"] for copy in keeper.renditions)


@pytest.mark.parametrize("token", ["", "..", "../" + "A" * 19, "A" * 21, "A" * 23, "A" * 21 + "/", "A" * 21 + "\0"])
def test_only_tokens_name_files_in_quarantine(token):
    with pytest.raises(ValueError, match="not a token"):
        quarantine.path_of(token)
